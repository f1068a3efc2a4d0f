package dev.whydunit.expression;

import dev.whydunit.schema.Durations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts one value into a sink so that it stays one value there, whatever it holds. */
final class Encoder {
    private static final Set<String> BPF_WORDS = Set.of("and", "or", "not");
    private static final int MOST_BPF = 255;

    private Encoder() {}

    /**
     * The value's text for the sink.
     *
     * @param before what stands before it, already put together
     * @param whole whether it is the whole text
     * @param written the expression, for messages
     */
    static String encode(Sink sink, Object value, String before, boolean whole, Expression written)
            throws EvaluationFailure {
        return switch (sink) {
            case PLAIN -> Shown.text(value);
            case LUCENE -> lucene(requireSingle(value, written));
            case PROMQL -> promql(requireSingle(value, written), before);
            case SQL -> throw new IllegalStateException("SQL is rendered with bind parameters");
            case ARGUMENT -> argument(exact(requireSingle(value, written)), before, written);
            case URL -> UrlText.encode(exact(requireSingle(value, written)), before, whole, written);
            case BPF -> bpf(exact(requireSingle(value, written)), before, written);
            case LITERAL -> throw new EvaluationFailure("no value may enter here: " + written.source());
        };
    }

    static Object requireSingle(Object value, Expression written) throws EvaluationFailure {
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            throw new EvaluationFailure(written.source() + " is " + (value instanceof List<?> ? "a list" : "a map")
                    + "; one value is needed here");
        }
        return value;
    }

    /** The value with nothing rounded. */
    private static String exact(Object value) {
        return value instanceof Double number ? number(number) : Shown.text(value);
    }

    private static String number(double number) {
        return Double.isNaN(number) || Double.isInfinite(number)
                ? Double.toString(number)
                : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String lucene(Object value) {
        return switch (value) {
            case Boolean bool -> bool.toString();
            // A bare minus would exclude.
            case Long number when number >= 0 -> number.toString();
            case Double number when number >= 0 && number < Double.POSITIVE_INFINITY -> number(number);
            default -> '"' + exact(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        };
    }

    private static String promql(Object value, String before) {
        String context = before.stripTrailing();
        boolean pattern = context.endsWith("=~") || context.endsWith("!~");
        boolean label = pattern || (context.endsWith("=") && !context.endsWith("=="));
        return switch (value) {
            case Long number when !label -> number.toString();
            case Double number when !label && Double.isNaN(number) -> "NaN";
            case Double number when !label && Double.isInfinite(number) -> number > 0 ? "+Inf" : "-Inf";
            case Double number when !label -> number(number);
            case Duration duration when !label -> Durations.format(Duration.ofMillis(Math.max(1, duration.toMillis())));
            case Instant instant when !label -> number(instant.getEpochSecond() + instant.getNano() / 1e9);
            default -> quoted(pattern ? literalPattern(exact(value)) : exact(value));
        };
    }

    /** As Go reads text in double quotes. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** A pattern that matches just this text: a value from outside is never a pattern. */
    private static String literalPattern(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 0x80 && !Character.isLetterOrDigit(c) && c != '_') {
                pattern.append('\\');
            }
            pattern.appendCodePoint(c);
        });
        return pattern.toString();
    }

    private static String argument(String value, String before, Expression written) throws EvaluationFailure {
        if (value.indexOf('\0') >= 0) {
            throw new EvaluationFailure(written.source() + " holds a NUL character, which no argument can");
        }
        if (before.isEmpty() && value.startsWith("-")) {
            throw new EvaluationFailure(written.source() + " begins with '-' (" + Shown.cut(value, 40)
                    + ") and would be read as an option");
        }
        return value;
    }

    private static String bpf(String value, String before, Expression written) throws EvaluationFailure {
        boolean allowed = !value.isEmpty()
                && value.length() <= MOST_BPF
                && value.getBytes(StandardCharsets.UTF_8).length == value.length()
                && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || ".:/_-".indexOf(c) >= 0)
                && Character.isLetterOrDigit(value.charAt(0))
                && !BPF_WORDS.contains(value.toLowerCase(Locale.ROOT));
        if (!allowed || (!before.isEmpty() && Character.isLetterOrDigit(before.charAt(before.length() - 1)))) {
            throw new EvaluationFailure(written.source() + " (" + Shown.cut(value, 40)
                    + ") is no name, number or address, and nothing else may enter a capture filter");
        }
        return value;
    }
}
