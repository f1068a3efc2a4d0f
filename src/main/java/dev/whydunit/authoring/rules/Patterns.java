package dev.whydunit.authoring.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.whydunit.authoring.rules.Subject.Placed;
import dev.whydunit.yaml.YamlNode;
import java.util.regex.Matcher;

/** Regular expressions that RE2 does not take, and those that take for ever elsewhere. */
final class Patterns implements Check {
    private static final java.util.regex.Pattern MATCHES =
            java.util.regex.Pattern.compile("\\bmatches\\(\\s*r?([\"'])");

    @Override
    public void look(Subject subject, Remarks remarks) {
        for (Placed placed : subject.scalars()) {
            String text = placed.scalar().text();
            switch (placed.key()) {
                case "parse" -> {
                    if (text.startsWith("regex:")) {
                        pattern(placed.scalar(), 6, text.substring(6), remarks);
                    }
                }
                case "body_match" -> pattern(placed.scalar(), 0, text, remarks);
                case "when", "if", "for_each" -> expression(placed.scalar(), remarks);
                default -> {}
            }
        }
    }

    private static void expression(YamlNode.Scalar scalar, Remarks remarks) {
        String text = scalar.text();
        if (!text.contains("matches")) {
            return;
        }
        Matcher call = MATCHES.matcher(text);
        while (call.find()) {
            int from = call.end();
            int end = text.indexOf(call.group(1), from);
            if (end > from) {
                nested(scalar, from, text.substring(from, end), remarks);
            }
        }
    }

    private static void pattern(YamlNode.Scalar scalar, int offset, String pattern, Remarks remarks) {
        if (pattern.contains("${{")) {
            return;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            remarks.add(
                    "W207",
                    scalar,
                    offset,
                    pattern.length(),
                    "the step would fail: this is no regular expression of RE2: " + e.getDescription(),
                    "RE2 has no look-around and no back references; match more, and compare in the finding");
            return;
        }
        nested(scalar, offset, pattern, remarks);
    }

    private static void nested(YamlNode.Scalar scalar, int offset, String pattern, Remarks remarks) {
        int at = nestedQuantifier(pattern);
        if (at >= 0) {
            remarks.add(
                    "W206",
                    scalar,
                    offset + at,
                    1,
                    "a repetition of a repetition: harmless here (RE2), and exponential in most other engines",
                    "repeat once: (a+)+ is a+");
        }
    }

    /** The place of a quantifier without an upper limit after a group that ends in, or is, one itself; -1 when there is none. */
    static int nestedQuantifier(String pattern) {
        int depth = 0;
        boolean[] repeats = new boolean[100];
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(' && depth < repeats.length - 1) {
                repeats[++depth] = false;
            } else if (c == ')' && depth > 0) {
                boolean inner = repeats[depth--];
                if (inner && i + 1 < pattern.length() && unlimited(pattern, i + 1)) {
                    return i + 1;
                }
                // A group that begins and ends with fixed text separates its repetitions, but only its author knows
                // that.
                repeats[depth] |= inner && depth > 0;
            } else if (unlimited(pattern, i) && i > 0 && onlyAtom(pattern, i)) {
                repeats[depth] = true;
            }
        }
        return -1;
    }

    private static boolean unlimited(String pattern, int at) {
        char c = pattern.charAt(at);
        if (c == '*' || c == '+') {
            return true;
        }
        int end = c == '{' ? pattern.indexOf('}', at) : -1;
        return end > 0 && pattern.charAt(end - 1) == ',';
    }

    /** Whether what is repeated ends the group: fixed text after it keeps the repetitions apart. */
    private static boolean onlyAtom(String pattern, int at) {
        int next = at + 1;
        while (next < pattern.length() && "?+".indexOf(pattern.charAt(next)) >= 0) {
            next++;
        }
        return next >= pattern.length() || pattern.charAt(next) == ')' || pattern.charAt(next) == '|';
    }
}
