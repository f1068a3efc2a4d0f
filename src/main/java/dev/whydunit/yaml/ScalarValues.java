package dev.whydunit.yaml;

import dev.whydunit.expression.SqlText;
import dev.whydunit.schema.Durations;
import dev.whydunit.schema.Names;
import dev.whydunit.schema.Spelling;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts as values of simple types: YAML 1.2's core schema for numbers and booleans, our own for durations, moments and choices. */
final class ScalarValues {
    /** What a text is not: the message's end and what to do. */
    record Refused(String code, String why, String help) {}

    private ScalarValues() {}

    static boolean simple(Class<?> type) {
        return type == String.class
                || type == boolean.class
                || type == Boolean.class
                || type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == double.class
                || type == Double.class
                || type == Duration.class
                || type == Instant.class
                || type == SqlText.class
                || type == Object.class
                || type.isEnum();
    }

    /** In an author's words. */
    static String words(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == Duration.class) {
            return "a duration such as 90s or 1h30m";
        }
        if (type == Instant.class) {
            return "a moment such as 2026-01-31T12:00:00Z";
        }
        if (type.isEnum()) {
            return "one of " + Spelling.list(choices(type));
        }
        return type == Object.class ? "a value" : "a text";
    }

    static List<String> choices(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(Names.choice((Enum<?>) constant));
        }
        return names;
    }

    /**
     * The value, or why the text is none.
     *
     * @param plain whether it was written without quotes: only then is it a number or a boolean
     * @return a value of the type, or a {@link Refused}
     */
    static Object of(String text, boolean plain, Class<?> type) {
        if (type == String.class) {
            return text;
        }
        if (type == SqlText.class) {
            return new SqlText(text, List.of());
        }
        if (type == Object.class) {
            return plain ? core(text) : text;
        }
        if (type == Duration.class) {
            return Durations.parse(text).<Object>map(found -> found).orElseGet(() -> notDuration(text));
        }
        if (type == Instant.class) {
            return moment(text).<Object>map(found -> found).orElseGet(() -> refused(type, text, plain));
        }
        if (type.isEnum()) {
            return choice(text, type);
        }
        Object value = plain ? core(text) : text;
        return fit(value, type).orElseGet(() -> refused(type, text, plain));
    }

    /** A value of another simple type as this one, when nothing is lost. */
    static Optional<Object> fit(Object value, Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return value instanceof Boolean ? Optional.of(value) : Optional.empty();
        }
        if (type == int.class || type == Integer.class) {
            return value instanceof Long number && number == number.intValue()
                    ? Optional.of(number.intValue())
                    : Optional.empty();
        }
        if (type == long.class || type == Long.class) {
            return value instanceof Long ? Optional.of(value) : Optional.empty();
        }
        if (type == double.class || type == Double.class) {
            return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
        }
        if (type == Duration.class || type == Instant.class || type == String.class) {
            return type.isInstance(value) ? Optional.of(value) : Optional.empty();
        }
        return type == Object.class ? Optional.of(value) : Optional.empty();
    }

    private static Refused refused(Class<?> type, String text, boolean plain) {
        String shown = "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
        boolean quotedNumber = !plain && !(core(text) instanceof String);
        return new Refused(
                "E203",
                "is " + words(type) + ", not " + (quotedNumber ? "text" : shown),
                quotedNumber ? "remove the quotes" : "");
    }

    private static Refused notDuration(String text) {
        boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return new Refused(
                "E203",
                "is " + words(Duration.class) + ", not '" + text + "'",
                number ? "add the unit: " + text + "s" : "units are ms, s, m, h, d, w and y, from large to small");
    }

    private static Object choice(String text, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (Names.choice((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        return new Refused(
                "E204", "is " + words(type) + ", not '" + text + "'", Spelling.didYouMean(text, choices(type)));
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** YAML 1.2's core schema. */
    static Object core(String text) {
        switch (text) {
            case "true", "True", "TRUE" -> {
                return true;
            }
            case "false", "False", "FALSE" -> {
                return false;
            }
            case ".inf", ".Inf", ".INF", "+.inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-.inf", "-.Inf", "-.INF" -> {
                return Double.NEGATIVE_INFINITY;
            }
            case ".nan", ".NaN", ".NAN" -> {
                return Double.NaN;
            }
            default -> {
                return number(text);
            }
        }
    }

    private static Object number(String text) {
        if (text.isEmpty() || text.length() > 40 || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return text;
        }
        try {
            if (text.startsWith("0x")) {
                return Long.parseLong(text.substring(2), 16);
            }
            if (text.startsWith("0o")) {
                return Long.parseLong(text.substring(2), 8);
            }
            if (text.chars()
                    .skip(text.startsWith("-") || text.startsWith("+") ? 1 : 0)
                    .allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(text);
            }
            boolean decimal = text.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0);
            return decimal ? (Object) Double.parseDouble(text) : text;
        } catch (NumberFormatException e) {
            // Not a number after all: the core schema then reads text.
            return text;
        }
    }
}
