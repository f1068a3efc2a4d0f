package dev.whydunit.runbook;

import dev.whydunit.schema.Durations;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of inputs as text: in a file, on a command line, in an alert's label. */
final class InputText {
    private static final int LONGEST = 10_000;

    private InputText() {}

    /** The value of that type, or empty when the text is none. */
    static Optional<Object> parse(String text, InputType type) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return switch (type) {
                case STRING -> Optional.of(text);
                case INT -> Optional.of(Long.parseLong(text.strip()));
                case DOUBLE -> number(text.strip());
                case BOOL -> bool(text.strip());
                case DURATION -> Durations.parse(text.strip()).map(duration -> (Object) duration);
                case TIMESTAMP -> Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
                case LIST -> Optional.of(list(text));
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> number(String text) {
        double number = Double.parseDouble(text);
        boolean plain = text.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0);
        return plain && !Double.isInfinite(number) ? Optional.of(number) : Optional.empty();
    }

    private static Optional<Object> bool(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    private static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return List.copyOf(items);
    }

    static String words(InputType type) {
        return switch (type) {
            case STRING -> "a text";
            case INT -> "a whole number";
            case DOUBLE -> "a number";
            case BOOL -> "true or false";
            case DURATION -> "a duration such as 90s or 1h30m";
            case TIMESTAMP -> "a moment such as 2026-01-31T12:00:00Z";
            case LIST -> "a list of texts";
        };
    }

    static String help(String text, InputType type) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return type == InputType.DURATION && digits ? "add the unit: " + text + "s" : "";
    }

    static String show(Object value) {
        return value instanceof Duration duration ? Durations.format(duration) : value.toString();
    }

    /** What {@link #parse} makes a value of that type of, from plain data as the journal keeps it. */
    static String ofStored(Object value, InputType type) {
        if (type == InputType.DURATION && value instanceof Number seconds) {
            return Math.round(seconds.doubleValue() * 1000) + "ms";
        }
        if (type == InputType.INT && value instanceof Number number) {
            return Long.toString(number.longValue());
        }
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value.toString();
    }
}
