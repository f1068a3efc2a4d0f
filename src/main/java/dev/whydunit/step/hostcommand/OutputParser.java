package dev.whydunit.step.hostcommand;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.whydunit.step.hostcommand.ParsedOutput.NotParsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a command's output as the step's {@code parse} says. */
@FunctionalInterface
interface OutputParser {
    /** Rows beyond these are not made. */
    int MAX_ROWS = 10_000;

    /** @param lines the lines of {@code text} */
    ParsedOutput parse(String text, List<String> lines) throws NotParsed;

    /**
     * The parser of a {@code parse} parameter.
     *
     * @throws NotParsed when there is no such parser, or its pattern is wrong
     */
    static OutputParser named(String name) throws NotParsed {
        return switch (name) {
            case "json" -> JsonOutput::parse;
            case "table" -> (text, lines) -> table(lines);
            case "key_value" -> (text, lines) -> keyValue(lines);
            default -> {
                if (!name.startsWith("regex:")) {
                    throw new NotParsed("parse: " + name + " is none of json, table, key_value, regex:PATTERN");
                }
                yield regex(name.substring("regex:".length()));
            }
        };
    }

    private static OutputParser regex(String expression) throws NotParsed {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new NotParsed("parse: the pattern is not RE2: " + e.getMessage());
        }
        Set<String> groups = pattern.namedGroups().keySet();
        return (text, lines) -> {
            Map<String, String> fields = new LinkedHashMap<>();
            List<Map<String, Object>> rows = new ArrayList<>();
            for (String line : lines) {
                Matcher matcher = pattern.matcher(line);
                if (rows.size() == MAX_ROWS || !matcher.find()) {
                    continue;
                }
                Map<String, Object> row = new LinkedHashMap<>();
                for (String group : groups) {
                    Optional.ofNullable(matcher.group(group)).ifPresent(value -> {
                        row.put(group, typed(value));
                        if (rows.isEmpty()) {
                            fields.put(group, value);
                        }
                    });
                }
                rows.add(row);
            }
            return new ParsedOutput(fields, rows, Optional.empty());
        };
    }

    private static ParsedOutput keyValue(List<String> lines) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines) {
            int at = separator(line);
            if (at > 0 && fields.size() < MAX_ROWS) {
                String key = name(line.substring(0, at));
                if (!key.isEmpty()) {
                    fields.putIfAbsent(key, unquoted(line.substring(at + 1).strip()));
                }
            }
        }
        return new ParsedOutput(fields, List.of(), Optional.empty());
    }

    /** The first {@code =} or {@code :}; the first blank where there is neither. */
    private static int separator(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '=' || line.charAt(i) == ':') {
                return i;
            }
        }
        int start = line.length() - line.stripLeading().length();
        for (int i = start; i < line.length(); i++) {
            if (Character.isWhitespace(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static ParsedOutput table(List<String> lines) throws NotParsed {
        List<String> full = lines.stream().filter(line -> !line.isBlank()).toList();
        if (full.isEmpty()) {
            return ParsedOutput.NOTHING;
        }
        // df's last heading is the one of the usual tables that has a blank in it.
        String[] heading =
                full.getFirst().strip().replace("Mounted on", "mounted_on").split("\\s+");
        List<String> names = new ArrayList<>();
        for (String column : heading) {
            String name = name(column);
            if (name.isEmpty() || names.contains(name)) {
                name = (name.isEmpty() ? "column" : name) + "_" + (names.size() + 1);
            }
            names.add(name);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : full.subList(1, Math.min(full.size(), MAX_ROWS + 1))) {
            String[] cells = line.strip().split("\\s+", names.size());
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(names.get(i), typed(cells[i]));
            }
            rows.add(row);
        }
        return new ParsedOutput(Map.of(), rows, Optional.empty());
    }

    /** A heading as an expression can name it: {@code MemTotal} and {@code Mem-Total} become {@code mem_total}, {@code Use%} {@code use}. */
    private static String name(String heading) {
        StringBuilder name = new StringBuilder();
        String text = heading.strip();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean hump = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(text.charAt(i - 1));
            if (!Character.isLetterOrDigit(c) || hump) {
                if (!name.isEmpty() && name.charAt(name.length() - 1) != '_') {
                    name.append('_');
                }
            }
            if (Character.isLetterOrDigit(c)) {
                name.append(c);
            }
        }
        String result = name.toString().toLowerCase(Locale.ROOT);
        return result.endsWith("_") ? result.substring(0, result.length() - 1) : result;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Whole numbers become long, other numbers and percentages double or long, all else stays text. */
    private static Object typed(String cell) {
        String number = cell.endsWith("%") ? cell.substring(0, cell.length() - 1) : cell;
        if (number.isEmpty() || number.length() > 18 || !number.matches("-?[0-9]+(\\.[0-9]+)?")) {
            return cell;
        }
        return number.contains(".") ? (Object) Double.parseDouble(number) : (Object) Long.parseLong(number);
    }
}
