package dev.whydunit.authoring.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Rules for people: on a terminal, and as the page docs/lint.md. */
public final class RuleText {
    private static final int WIDTH = 80;

    private RuleText() {}

    /** Its code, profile and summary. */
    public static String line(Rule rule) {
        return String.format(
                Locale.ROOT, "%s  %-10s  %s", rule.code(), rule.profile().word(), rule.summary());
    }

    /** All of it, with a newline at the end. */
    public static String full(Rule rule) {
        StringBuilder text = new StringBuilder();
        text.append(rule.severity().word()).append(' ').append(rule.code()).append(": ");
        text.append(rule.summary()).append('\n');
        text.append("counts from profile ").append(rule.profile().word());
        text.append(rule.fixable() ? "; lint --fix mends it where that is safe\n\n" : "\n\n");
        text.append(wrapped(rule.explanation()));
        example(text, "Bad", rule.bad());
        example(text, "Good", rule.good());
        return text.toString();
    }

    private static void example(StringBuilder text, String name, String example) {
        if (!example.isEmpty()) {
            text.append('\n').append(name).append(":\n");
            example.lines()
                    .forEach(line ->
                            text.append(line.isEmpty() ? "" : "    " + line).append('\n'));
        }
    }

    private static String wrapped(String explanation) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : explanation.strip().split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            text.append(column > 0 ? " " : "").append(word);
            column += word.length() + (column > 0 ? 1 : 0);
        }
        return text.append('\n').toString();
    }

    /** The part of docs/lint.md that lists every warning. */
    public static String table(List<Rule> rules) {
        StringBuilder text = new StringBuilder("| code | from | fix | what it finds |\n| --- | --- | --- | --- |\n");
        rules.stream()
                .filter(rule -> rule.code().startsWith("W"))
                .sorted(Comparator.comparing(Rule::code))
                .forEach(rule -> text.append("| ")
                        .append(rule.code())
                        .append(" | ")
                        .append(rule.profile().word())
                        .append(" | ")
                        .append(rule.fixable() ? "yes" : "")
                        .append(" | ")
                        .append(rule.summary().replace("|", "\\|"))
                        .append(" |\n"));
        return text.toString();
    }
}
