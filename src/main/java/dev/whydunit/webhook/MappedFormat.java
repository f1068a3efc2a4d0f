package dev.whydunit.webhook;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.AlertFormat;
import dev.whydunit.alert.Notification;
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
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    private static final int MAX_DEPTH = 20;
    /** Numbers from here on are milliseconds: as seconds they would be in the year 5138. */
    private static final long FIRST_MILLIS = 100_000_000_000L;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

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
        if (delivery.body().length > AlertFormat.MAX_BYTES) {
            throw new UnreadableAlert("the payload has " + delivery.body().length + " bytes; at most "
                    + AlertFormat.MAX_BYTES + " are read");
        }
        Map<String, Object> headers = new TreeMap<>();
        delivery.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Object payload = plain(tree(delivery.body())).orElse(Map.of());
        Variables whole = Variables.of(Map.of("payload", payload, "headers", headers, "alert", payload));
        try {
            if (when.isPresent() && !when.get().test(whole)) {
                return new Notification(List.of(), List.of("passed over: not news of an alert"));
            }
            Object found = alerts.isPresent() ? alerts.get().evaluate(whole) : List.of(payload);
            if (!(found instanceof List<?> items)) {
                throw new UnreadableAlert("the mapping's alerts is not a list");
            }
            if (items.size() > AlertFormat.MAX_ALERTS) {
                throw new UnreadableAlert(items.size() + " alerts; at most " + AlertFormat.MAX_ALERTS + " are read");
            }
            List<Notification.Item> read = new ArrayList<>();
            for (Object item : items) {
                read.add(item(whole.with(Map.of("alert", item)), delivery));
            }
            return new Notification(read, List.of());
        } catch (EvaluationFailure e) {
            throw new UnreadableAlert(String.valueOf(e.getMessage()));
        }
    }

    private Notification.Item item(Variables variables, Delivery delivery) throws EvaluationFailure, UnreadableAlert {
        boolean fires = firing.test(variables);
        String identified = String.valueOf(identity.evaluate(variables));
        Instant time = time(variables, delivery.at());
        String key = event.isPresent()
                ? String.valueOf(event.get().evaluate(variables))
                : identified + "|" + (fires ? "firing" : "resolved") + "|"
                        + (at.isPresent() ? time.toString() : Sha256.hex(delivery.body()));
        SortedMap<String, String> read = texts(labels, variables, AlertFormat.MAX_LABEL_LENGTH);
        if (read.isEmpty()) {
            throw new UnreadableAlert("the mapping gives no label: an alert needs at least one");
        }
        return new Notification.Item(
                delivery.header(StandardWebhook.ID)
                        .map(id -> id + "|" + identified)
                        .orElse(key),
                new Alert(
                        fires ? Alert.Status.FIRING : Alert.Status.RESOLVED,
                        read,
                        texts(annotations, variables, AlertFormat.MAX_TEXT_LENGTH),
                        time,
                        fires ? Optional.empty() : Optional.of(time),
                        Sha256.hex(identified).substring(0, 16),
                        "",
                        ""));
    }

    /** The time that the mapping gives; the delivery's where it gives none. */
    private Instant time(Variables variables, Instant now) throws UnreadableAlert {
        if (at.isEmpty()) {
            return now;
        }
        Object value;
        try {
            value = at.get().evaluate(variables);
        } catch (EvaluationFailure e) {
            // A sender that gives no time tells of now.
            return now;
        }
        try {
            return switch (value) {
                case Instant instant -> instant;
                case Long number ->
                    number >= FIRST_MILLIS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
                case Double number -> Instant.ofEpochMilli((long) (number * 1000));
                case String text -> OffsetDateTime.parse(text).toInstant();
                default ->
                    throw new UnreadableAlert(
                            "the mapping's at is not a time: " + at.get().source());
            };
        } catch (DateTimeException e) {
            throw new UnreadableAlert(
                    "the mapping's at is not a time: " + at.get().source());
        }
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

    private static JsonNode tree(byte[] body) throws UnreadableAlert {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new UnreadableAlert("not readable as JSON");
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
