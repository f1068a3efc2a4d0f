package dev.whydunit.authoring.rules;

import dev.whydunit.authoring.rules.Subject.Placed;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that YAML 1.1, which most other tools and many people read, takes for something else: no, 1:30, 012. */
final class OtherYaml implements Check {
    private static final Set<String> WORDS = Set.of("yes", "no", "on", "off", "y", "n");
    private static final Pattern SIXTIES = Pattern.compile("[0-9]{1,4}(:[0-5]?[0-9]){1,3}");
    private static final Pattern OCTAL = Pattern.compile("0[0-9]{1,10}");

    @Override
    public void look(Subject subject, Remarks remarks) {
        SourceText source = null;
        for (Placed placed : subject.scalars()) {
            YamlNode.Scalar scalar = placed.scalar();
            String text = scalar.text();
            if (!scalar.plain() || text.isEmpty() || text.length() > 20) {
                continue;
            }
            String code = code(text);
            if (!code.isEmpty()) {
                source = source == null ? new SourceText(subject.text()) : source;
                int at = source.charAt(scalar.position());
                boolean there = subject.text().startsWith(text, at);
                List<Edit> quotes = there && !code.equals("W105")
                        ? List.of(new Edit(at, at, "'"), new Edit(at + text.length(), at + text.length(), "'"))
                        : List.of();
                remarks.add(code, scalar.position(), scalar.length(), message(code, text), help(code, text), quotes);
            }
        }
    }

    private static String code(String text) {
        if (WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return "W104";
        }
        if (!Character.isDigit(text.charAt(0))) {
            return "";
        }
        return SIXTIES.matcher(text).matches() ? "W105" : OCTAL.matcher(text).matches() ? "W106" : "";
    }

    private static String message(String code, String text) {
        return switch (code) {
            case "W104" -> "'" + text + "' is text here, and true or false to tools that read YAML 1.1";
            case "W105" -> "'" + text + "' is text here, and a number in base 60 to tools that read YAML 1.1";
            default -> "'" + text + "' begins with 0: text or a decimal number here, octal in YAML 1.1";
        };
    }

    private static String help(String code, String text) {
        return switch (code) {
            case "W104" -> "put it in quotes, or write true or false";
            case "W105" -> "write a duration as 90s or 1h30m, or put it in quotes";
            default -> "put it in quotes: '" + text + "'";
        };
    }
}
