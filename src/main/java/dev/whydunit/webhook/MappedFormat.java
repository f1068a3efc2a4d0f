package dev.whydunit.webhook;

import com.google.re2j.Pattern;
import dev.whydunit.alert.Alert;
import dev.whydunit.alert.AlertFormat;
import dev.whydunit.alert.Notification;
import dev.whydunit.alert.Payload;
import dev.whydunit.alert.UnreadableAlert;
import dev.whydunit.digest.Sha256;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Variables;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Alerts of any JSON, read by compiled expressions. Whatever an expression gives is a value: it is never evaluated again.
 *
 * @param labels a key of {@code *} takes all entries of a map
 */
record MappedFormat(
        Optional<Expression> alerts,
        Optional<Expression> when,
        Expression firing,
        Expression identity,
        Optional<Expression> event,
        Optional<Expression> at,
        Map<String, Expression> labels,
        Map<String, Expression> annotations) {
    /** The key that stands for all entries of a map. */
    static final String ALL = "*";

    /** Numbers from here on are milliseconds: as seconds they would be in the year 5138. */
    private static final long FIRST_MILLIS = 100_000_000_000L;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

    MappedFormat {
        labels = new LinkedHashMap<>(labels);
        annotations = new LinkedHashMap<>(annotations);
    }

    /**
     * The alerts of a delivery.
     *
     * @throws UnreadableAlert when it is not JSON or an expression that must have a value has none
     */
    Notification read(Delivery delivery) throws UnreadableAlert {
        Map<String, Object> headers = new TreeMap<>();
        delivery.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Object payload = plain(Payload.read(delivery.body())).orElse(Map.of());
        Variables whole = Variables.of(Map.of("payload", payload, "headers", headers, "alert", payload));
        if (when.isPresent() && !wanted(when.get(), whole)) {
            return new Notification(List.of(), List.of("passed over: not news of an alert"));
        }
        Object found = alerts.isPresent() ? value("alerts", alerts.get(), whole) : List.of(payload);
        if (!(found instanceof List<?> items)) {
            throw new UnreadableAlert("alerts: expected a list, found something else by "
                    + alerts.map(Expression::source).orElse(""));
        }
        if (items.size() > AlertFormat.MAX_ALERTS) {
            throw new UnreadableAlert(items.size() + " alerts; at most " + AlertFormat.MAX_ALERTS + " are read");
        }
        return Notification.ofEach(
                items,
                List.of(),
                (item, at) -> item(whole.with(Map.of("alert", item)), items.size() == 1 ? "" : " of " + at, delivery));
    }

    /** What lacks what the question is about is no news of an alert either: senders tell of much by one webhook. */
    private static boolean wanted(Expression when, Variables whole) {
        try {
            return when.test(whole);
        } catch (EvaluationFailure e) {
            return false;
        }
    }

    private static Object value(String name, Expression expression, Variables variables) throws UnreadableAlert {
        try {
            return expression.evaluate(variables);
        } catch (EvaluationFailure e) {
            throw new UnreadableAlert(
                    name + ": " + Payload.oneLine(String.valueOf(e.getMessage())),
                    name + ": no value by " + Payload.oneLine(expression.source()));
        }
    }

    private Notification.Item item(Variables variables, String which, Delivery delivery) throws UnreadableAlert {
        if (!(value("firing" + which, firing, variables) instanceof Boolean fires)) {
            throw new UnreadableAlert("firing" + which + ": expected true or false, found something else by "
                    + Payload.oneLine(firing.source()));
        }
        String identified = String.valueOf(value("identity" + which, identity, variables));
        Optional<Instant> given = time(variables, which);
        Instant time = given.orElse(delivery.at());
        SortedMap<String, String> read = texts(labels, variables, AlertFormat.MAX_LABEL_LENGTH);
        if (read.isEmpty()) {
            throw new UnreadableAlert("labels" + which + ": an alert needs at least one");
        }
        Optional<String> named = delivery.header(StandardWebhook.ID)
                .map(id -> id + "|" + identified)
                .or(() -> event(variables));
        return new Notification.Item(
                named.orElseGet(() -> identified + "|" + (fires ? "firing" : "resolved") + "|"
                        + given.map(Instant::toString).orElseGet(() -> Sha256.hex(delivery.body()))),
                new Alert(
                        fires ? Alert.Status.FIRING : Alert.Status.RESOLVED,
                        read,
                        texts(annotations, variables, AlertFormat.MAX_TEXT_LENGTH),
                        time,
                        fires ? Optional.empty() : Optional.of(time),
                        Sha256.hex(identified).substring(0, 16),
                        "",
                        ""),
                named.isPresent() || given.isPresent());
    }

    /** What the sender calls this news; empty when it does not. */
    private Optional<String> event(Variables variables) {
        try {
            return event.isPresent() ? Optional.of(String.valueOf(event.get().evaluate(variables))) : Optional.empty();
        } catch (EvaluationFailure e) {
            return Optional.empty();
        }
    }

    /** The time that the mapping gives; empty where it gives none. */
    private Optional<Instant> time(Variables variables, String which) throws UnreadableAlert {
        Object value;
        try {
            if (at.isEmpty()) {
                return Optional.empty();
            }
            value = at.get().evaluate(variables);
        } catch (EvaluationFailure e) {
            // A sender that gives no time tells of now.
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (value) {
                        case Instant instant -> instant;
                        case Long number -> epoch(number);
                        case Double number -> Instant.ofEpochMilli((long) (number * 1000));
                        case String text when DIGITS.matches(text) -> epoch(Long.parseLong(text));
                        case String text -> OffsetDateTime.parse(text).toInstant();
                        default -> throw new DateTimeException("neither a time nor a number");
                    });
        } catch (DateTimeException e) {
            String expected =
                    "at" + which + ": expected a time like 2026-01-31T02:00:00Z, or seconds or milliseconds since 1970";
            throw new UnreadableAlert(expected + ", found " + Payload.oneLine(String.valueOf(value)), expected);
        }
    }

    private static Instant epoch(long number) {
        return number >= FIRST_MILLIS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }

    private static SortedMap<String, String> texts(
            Map<String, Expression> expressions, Variables variables, int limit) {
        SortedMap<String, String> texts = new TreeMap<>();
        expressions.forEach((name, expression) -> {
            Object value;
            try {
                value = expression.evaluate(variables);
            } catch (EvaluationFailure e) {
                // What the sender left out is no label.
                return;
            }
            if (!name.equals(ALL)) {
                put(texts, name, value, limit);
            } else if (value instanceof Map<?, ?> all) {
                all.forEach((key, each) -> put(texts, String.valueOf(key), each, limit));
            }
        });
        return texts;
    }

    private static void put(SortedMap<String, String> texts, String name, Object value, int limit) {
        boolean room = texts.size() < AlertFormat.MAX_LABELS || texts.containsKey(name);
        if (room
                && !name.isEmpty()
                && name.length() <= AlertFormat.MAX_NAME_LENGTH
                && !(value instanceof Map<?, ?>)
                && !(value instanceof List<?>)) {
            String text = String.valueOf(value);
            if (!text.isEmpty()) {
                texts.put(name, text.length() <= limit ? text : text.substring(0, limit));
            }
        }
    }

    private static Optional<Object> plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> Optional.of(node.stringValue());
            case BOOLEAN -> Optional.of(node.booleanValue());
            case NUMBER ->
                Optional.of(
                        node.isIntegralNumber() && node.canConvertToLong()
                                ? (Object) node.longValue()
                                : node.doubleValue());
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.forEach(element -> plain(element).ifPresent(list::add));
                yield Optional.of(list);
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties()
                        .forEach(field -> plain(field.getValue()).ifPresent(value -> map.put(field.getKey(), value)));
                yield Optional.of(map);
            }
            default -> Optional.empty();
        };
    }
}
