package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.YamlNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values from outside that a script lets loose: without quotes, or as the text of another program. */
final class ScriptValues implements Check {
    /** Longer scripts are looked at as far as this. In chars. */
    private static final int MOST = 20_000;

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)[^}]*\\}|([A-Za-z_][A-Za-z0-9_]*))");
    private static final Pattern EVALUATES = Pattern.compile(
            "(?:\\beval|\\b(?:sh|bash|dash|zsh|ksh)\\s+(?:-[a-z]+\\s+)*-[a-z]*c|\\b(?:psql|mysql)\\s[^|;&\\n]*(?:-c|-e)|\\b(?:python3?|perl|ruby)\\s+-[ce]|\\b(?:awk|sed|jq)(?:\\s+-\\S+)*)\\s+\"?[^'\"|;&\\n]*$");

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            for (Step step : runbook.steps().values()) {
                Set<String> values = outside(step);
                if (!values.isEmpty()) {
                    Subject.textOf(step, "script").ifPresent(script -> look(script, values, remarks));
                }
            }
        });
    }

    /** The environment variables that bring values in. */
    private static Set<String> outside(Step step) {
        Set<String> names = new HashSet<>();
        if (Subject.parameter(step, "env").orElse(null) instanceof YamlNode.Mapping env) {
            for (YamlNode.Entry entry : env.entries()) {
                if (entry.value() instanceof YamlNode.Scalar value
                        && value.text().contains("${{")) {
                    names.add(entry.name());
                }
            }
        }
        return names;
    }

    private static void look(YamlNode.Scalar script, Set<String> values, Remarks remarks) {
        String text = script.text().length() > MOST ? script.text().substring(0, MOST) : script.text();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
            int at = variable.start();
            boolean plain = !values.contains(name)
                    || at > 0 && text.charAt(at - 1) == '\\'
                    || ScriptText.inSingleQuotes(text, at)
                    || ScriptText.commented(text, at);
            if (plain) {
                continue;
            }
            int line = text.lastIndexOf('\n', at) + 1;
            boolean quoted = ScriptText.inDoubleQuotes(text, at);
            if (EVALUATES.matcher(text.substring(line, at)).find()) {
                remarks.add(
                        "W202",
                        script,
                        at,
                        variable.end() - at,
                        "the value of " + name
                                + " becomes the text of a program here: whoever sets it can run anything",
                        "hand it over as an argument: sh -c '… \"$1\" …' sh \"$" + name + "\", awk -v v=\"$" + name
                                + "\", psql -v v=\"$" + name + "\"");
            } else if (!quoted && !safeUnquoted(text, line, at)) {
                remarks.add(
                        "W201",
                        script,
                        at,
                        variable.end() - at,
                        "the value of " + name
                                + " stands without quotes: its spaces make several arguments of it, its * is a file pattern",
                        "write \"$" + name + "\"");
            }
        }
    }

    /** The shell splits nothing in an assignment, after {@code case}, in arithmetic and in {@code [[ ]]}. */
    private static boolean safeUnquoted(String text, int line, int at) {
        String before = text.substring(line, at);
        String stripped = before.strip().toLowerCase(Locale.ROOT);
        return before.matches(".*(^|[\\s;&|(])[A-Za-z_][A-Za-z0-9_]*=[^\\s'\"]*")
                || stripped.endsWith("case")
                || before.lastIndexOf("((") > before.lastIndexOf("))")
                || before.lastIndexOf("[[") > before.lastIndexOf("]]");
    }
}
