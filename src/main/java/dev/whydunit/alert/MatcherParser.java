package dev.whydunit.alert;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads label matchers from one text, once. */
final class MatcherParser {
    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_MATCHERS = 100;

    /** The most instructions that a pattern may unfold to: its length times all its repetition counts. */
    private static final long MAX_PATTERN_SIZE = 1_000_000;

    private final String text;
    private int at;

    MatcherParser(String text) {
        this.text = text;
    }

    static boolean isPlainName(String name) {
        return !name.isEmpty()
                && !isDigit(name.charAt(0))
                && name.chars().allMatch(character -> isNameCharacter((char) character));
    }

    LabelMatcher one() throws MalformedMatcher {
        checkLength();
        LabelMatcher matcher = matcher();
        if (at < text.length()) {
            throw new MalformedMatcher(
                    text.charAt(at) == ','
                            ? "expected the end after one matcher: write each matcher as an item of its own"
                            : "expected the end after the value: put the value in double quotes",
                    at);
        }
        return matcher;
    }

    List<LabelMatcher> all() throws MalformedMatcher {
        checkLength();
        skipSpace();
        boolean braces = take('{');
        skipSpace();
        List<LabelMatcher> matchers = new ArrayList<>();
        while (!atEnd(braces) || matchers.isEmpty() && !braces) {
            if (matchers.size() == MAX_MATCHERS) {
                throw new MalformedMatcher("more than " + MAX_MATCHERS + " matchers", at);
            }
            matchers.add(matcher());
            if (!take(',')) {
                break;
            }
            skipSpace();
        }
        if (braces && !take('}')) {
            throw new MalformedMatcher("expected ',' or '}'", at);
        }
        skipSpace();
        if (at < text.length()) {
            throw new MalformedMatcher("expected " + (braces ? "the end after '}'" : "',' or the end"), at);
        }
        return List.copyOf(matchers);
    }

    private void checkLength() throws MalformedMatcher {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedMatcher("longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
        }
    }

    private boolean atEnd(boolean braces) {
        return at == text.length() || braces && text.charAt(at) == '}';
    }

    private LabelMatcher matcher() throws MalformedMatcher {
        skipSpace();
        String label = label();
        skipSpace();
        LabelMatcher.Operator operator = operator();
        skipSpace();
        int valueAt = at;
        String value = isAt('"') ? quoted() : bare();
        skipSpace();
        Optional<Pattern> pattern = operator.takesPattern() ? Optional.of(pattern(value, valueAt)) : Optional.empty();
        return new LabelMatcher(label, operator, value, pattern);
    }

    private String label() throws MalformedMatcher {
        int start = at;
        if (isAt('"')) {
            String name = quoted();
            if (name.isEmpty()) {
                throw new MalformedMatcher("expected a label's name, found an empty one", start);
            }
            return name;
        }
        while (at < text.length() && isNameCharacter(text.charAt(at)) && !(at == start && isDigit(text.charAt(at)))) {
            at++;
        }
        if (at == start) {
            throw new MalformedMatcher("expected a label's name, such as alertname", at);
        }
        return text.substring(start, at);
    }

    private LabelMatcher.Operator operator() throws MalformedMatcher {
        if (isAt('=')) {
            at++;
            return take('~') ? LabelMatcher.Operator.MATCHES : LabelMatcher.Operator.EQUAL;
        }
        if (isAt('!')) {
            at++;
            if (take('=')) {
                return LabelMatcher.Operator.NOT_EQUAL;
            }
            if (take('~')) {
                return LabelMatcher.Operator.NOT_MATCHES;
            }
            at--;
        }
        throw new MalformedMatcher("expected =, !=, =~ or !~", at);
    }

    private String quoted() throws MalformedMatcher {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character == '"') {
                return value.toString();
            }
            if (character != '\\') {
                value.append(character);
                continue;
            }
            if (at == text.length()) {
                break;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case '"', '\\' -> value.append(escaped);
                case 'n' -> value.append('\n');
                // As in Alertmanager, any other backslash stands for itself, so that \. and \d need no doubling.
                default -> value.append('\\').append(escaped);
            }
        }
        throw new MalformedMatcher("expected a closing '\"'", start);
    }

    private String bare() throws MalformedMatcher {
        int start = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && ",{}\"'`=!~".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw new MalformedMatcher("expected a value in double quotes", at);
        }
        return text.substring(start, at);
    }

    private static Pattern pattern(String value, int offset) throws MalformedMatcher {
        if (unfoldedSize(value) > MAX_PATTERN_SIZE) {
            throw new MalformedMatcher("the regular expression repeats too much: use smaller counts in {}", offset);
        }
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new MalformedMatcher("not a regular expression (RE2): " + e.getDescription(), offset);
        }
    }

    /** A bound on the size that counted repetitions blow a pattern up to, were they all nested. */
    private static long unfoldedSize(String pattern) {
        long size = pattern.length();
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
            long greatest = 1;
            long count = 0;
            for (int i = open + 1;
                    i < pattern.length() && (isDigit(pattern.charAt(i)) || pattern.charAt(i) == ',');
                    i++) {
                count = pattern.charAt(i) == ',' ? 0 : Math.min(MAX_PATTERN_SIZE, count * 10 + pattern.charAt(i) - '0');
                greatest = Math.max(greatest, count);
            }
            size = Math.min(2 * MAX_PATTERN_SIZE, size * greatest);
        }
        return size;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean isAt(char character) {
        return at < text.length() && text.charAt(at) == character;
    }

    private boolean take(char character) {
        if (isAt(character)) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isNameCharacter(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || isDigit(character)
                || character == '_'
                || character == ':';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
