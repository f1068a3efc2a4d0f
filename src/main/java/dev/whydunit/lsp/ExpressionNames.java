package dev.whydunit.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names within the text of expressions, found without compiling, since an expression that is being typed does not compile. */
final class ExpressionNames {
    private static final Pattern PROBABILITY = Pattern.compile("probability\\(\\s*[\"']([a-z0-9_.]*)[\"']");
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");

    private ExpressionNames() {}

    /** A part of a text that is an expression. */
    record Part(int start, int end) {}

    /** The expressions of a text: all of it, or what stands in <code>${{ }}</code>. */
    static List<Part> expressions(String text, boolean bare) {
        List<Part> parts = new ArrayList<>();
        if (bare && !text.contains("${{")) {
            parts.add(new Part(0, text.length()));
            return parts;
        }
        int open = text.indexOf("${{");
        while (open >= 0) {
            int close = text.indexOf("}}", open);
            int end = close < 0 ? text.length() : close;
            parts.add(new Part(open + 3, end));
            open = text.indexOf("${{", end);
        }
        return parts;
    }

    /** Tells each dotted path of an expression, and each hypothesis that it asks the probability of as {@code probability.ID}. */
    static void each(String expression, BiConsumer<String, Integer> found) {
        Matcher asked = PROBABILITY.matcher(expression);
        while (asked.find()) {
            String path = asked.group(1);
            int last = path.lastIndexOf('.') + 1;
            found.accept("probability." + path.substring(last), asked.start(1) + last - "probability.".length());
        }
        String code = TEXT.matcher(expression).replaceAll(match -> " ".repeat(match.end() - match.start()));
        Matcher path = PATH.matcher(code);
        while (path.find()) {
            boolean field = path.start() > 0 && code.charAt(path.start() - 1) == '.';
            if (!field) {
                found.accept(path.group(), path.start());
            }
        }
    }
}
