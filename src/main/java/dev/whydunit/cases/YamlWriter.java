package dev.whydunit.cases;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes plain data as YAML that people read: blocks, short maps and lists on one line, long texts as blocks. What is text is read
 * as text again.
 */
final class YamlWriter {
    private static final int WIDTH = 110;
    /** Text that means the same with and without quotes. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+()@%=-]*(?: [A-Za-z0-9_./+()@%=-]+)*");

    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|\\.nan|\\.inf");

    /** A text that is written as it is, such as a moment. */
    record Bare(String text) {}

    private final StringBuilder yaml = new StringBuilder();

    private YamlWriter() {}

    static String write(Map<String, ?> document) {
        YamlWriter writer = new YamlWriter();
        writer.entries(document, 0);
        return writer.yaml.toString();
    }

    private void entries(Map<?, ?> map, int indent) {
        map.forEach((key, value) -> {
            yaml.append(" ".repeat(indent));
            entry(String.valueOf(key), value, indent);
        });
    }

    private void entry(String key, Object value, int indent) {
        yaml.append(scalar(key)).append(':');
        String line = flow(value);
        if (fits(line, indent + key.length() + 2) || value instanceof Map<?, ?> map && map.isEmpty()) {
            yaml.append(' ').append(line).append('\n');
            return;
        }
        switch (value) {
            case Map<?, ?> map -> {
                yaml.append('\n');
                entries(map, indent + 2);
            }
            case List<?> list -> {
                yaml.append('\n');
                items(list, indent + 2);
            }
            case String text when isBlock(text) -> block(text, indent + 2);
            default -> yaml.append(' ').append(line).append('\n');
        }
    }

    private void items(List<?> list, int indent) {
        for (Object item : list) {
            yaml.append(" ".repeat(indent)).append("- ");
            String line = flow(item);
            if (fits(line, indent + 2) || !(item instanceof Map<?, ?> || item instanceof List<?>)) {
                yaml.append(line).append('\n');
            } else if (item instanceof Map<?, ?> map) {
                boolean first = true;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    yaml.append(first ? "" : " ".repeat(indent + 2));
                    entry(String.valueOf(entry.getKey()), entry.getValue(), indent + 2);
                    first = false;
                }
            } else if (item instanceof List<?> nested) {
                yaml.append('\n');
                items(nested, indent + 2);
            }
        }
    }

    private static boolean fits(String line, int indent) {
        // A line end that is written out is better seen in a block.
        return line.length() + indent <= WIDTH && !line.contains("\\n");
    }

    /** Lines of printable text, none of which begins or ends with a blank; a block keeps just one line end at its end. */
    private static boolean isBlock(String text) {
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return body.indexOf('\n') > 0
                && !body.endsWith("\n")
                && !body.startsWith(" ")
                && body.codePoints().allMatch(c -> c == '\n' || printable(c));
    }

    private void block(String text, int indent) {
        yaml.append(text.endsWith("\n") ? " |\n" : " |-\n");
        text.lines()
                .forEach(line -> yaml.append(line.isEmpty() ? "" : " ".repeat(indent) + line)
                        .append('\n'));
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> entries = new ArrayList<>();
                map.forEach((key, element) -> entries.add(scalar(String.valueOf(key)) + ": " + flow(element)));
                yield "{" + String.join(", ", entries) + "}";
            }
            case List<?> list -> {
                List<String> items = new ArrayList<>();
                list.forEach(item -> items.add(flow(item)));
                yield "[" + String.join(", ", items) + "]";
            }
            case Bare bare -> bare.text();
            case Double number -> number(number);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> scalar(value.toString());
        };
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? ".inf" : "-.inf";
        }
        String plain = new BigDecimal(Double.toString(number)).toPlainString();
        return plain.length() > 40 ? Double.toString(number) : plain;
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()) {
            return text;
        }
        if (text.codePoints().allMatch(YamlWriter::printable)) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (printable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(c > 0xFFFF ? String.format("\\U%08X", c) : String.format("\\u%04X", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** What may stand in YAML as it is and is seen by whoever reads it. */
    private static boolean printable(int c) {
        return c >= 0x20
                && c != 0x7F
                && !(c >= 0x80 && c < 0xA0)
                && c != 0xFEFF
                && c != 0x2028
                && c != 0x2029
                && !(c >= 0xD800 && c <= 0xDFFF)
                && c != 0xFFFE
                && c != 0xFFFF
                && Character.getType(c) != Character.FORMAT;
    }
}
