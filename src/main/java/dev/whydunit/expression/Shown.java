package dev.whydunit.expression;

import dev.whydunit.schema.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as people read them. */
final class Shown {
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final int MOST_ELEMENTS = 20;

    private Shown() {}

    /** Numbers with at most four significant digits, durations as Prometheus writes them, moments in RFC 3339, lists with commas. */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Double number -> number(number);
            case Duration duration -> Durations.format(duration);
            case List<?> list ->
                list.stream().limit(MOST_ELEMENTS).map(Shown::text).collect(Collectors.joining(", "))
                        + (list.size() > MOST_ELEMENTS ? ", …" : "");
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .limit(MOST_ELEMENTS)
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", map.size() > MOST_ELEMENTS ? ", …}" : "}"));
            default -> value.toString();
        };
    }

    static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "infinity" : "-infinity";
        }
        BigDecimal rounded = new BigDecimal(number).round(FOUR_DIGITS);
        if (rounded.signum() == 0) {
            return "0";
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal bare = rounded.stripTrailingZeros();
        return exponent < -6 || exponent > 15 ? bare.toString() : bare.toPlainString();
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
