package dev.whydunit.alert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alertmanager's webhook payload, version "4". Fields that it does not know are passed over; those that it reads must
 * have the right type. Thread-safe.
 */
public final class AlertmanagerFormat {
    /** The greatest size of a payload. */
    public static final int MAX_BYTES = 1_000_000;

    /** The most alerts of one payload. */
    public static final int MAX_ALERTS = 1_000;

    /** The most labels, and the most annotations, of one alert. */
    public static final int MAX_LABELS = 100;

    /** The greatest length of a label's or annotation's name. */
    public static final int MAX_NAME_LENGTH = 256;

    /** The greatest length of a label's value. */
    public static final int MAX_LABEL_LENGTH = 4_096;

    /** The greatest length of any other text, such as an annotation's value. */
    public static final int MAX_TEXT_LENGTH = 32_768;

    private static final String VERSION = "4";
    private static final int MAX_DEPTH = 20;

    /** How Alertmanager writes "has not ended". */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AlertmanagerFormat() {}

    /**
     * The alerts of one notification, in its order.
     *
     * @param payload the body as it was received
     * @throws UnreadableAlert when it is too large or not such a payload
     */
    public static List<Alert> parse(byte[] payload) throws UnreadableAlert {
        if (payload.length > MAX_BYTES) {
            throw new UnreadableAlert(
                    "the payload has " + payload.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        JsonNode root = tree(payload);
        if (!root.isObject()) {
            throw new UnreadableAlert("expected a JSON object, found " + kind(root));
        }
        String version = text(root, "", "version", MAX_NAME_LENGTH);
        if (!version.equals(VERSION)) {
            throw new UnreadableAlert("version: expected \"" + VERSION + "\", found " + shown(root.path("version"))
                    + "; is this an Alertmanager webhook payload?");
        }
        JsonNode alerts = root.path("alerts");
        if (!alerts.isArray()) {
            throw new UnreadableAlert("alerts: expected a list, found " + kind(alerts));
        }
        if (alerts.size() > MAX_ALERTS) {
            throw new UnreadableAlert("alerts: " + alerts.size() + " of them; at most " + MAX_ALERTS
                    + " are read: set max_alerts in the sender's webhook_configs");
        }
        String groupKey = text(root, "", "groupKey", MAX_TEXT_LENGTH);
        List<Alert> read = new ArrayList<>();
        for (int i = 0; i < alerts.size(); i++) {
            read.add(alert(alerts.get(i), "alerts[" + i + "]", groupKey));
        }
        return List.copyOf(read);
    }

    private static JsonNode tree(byte[] payload) throws UnreadableAlert {
        try {
            return JSON.readTree(payload);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new UnreadableAlert("not readable as JSON" + where + ": " + oneLine(e.getOriginalMessage()));
        }
    }

    private static Alert alert(JsonNode alert, String at, String groupKey) throws UnreadableAlert {
        if (!alert.isObject()) {
            throw new UnreadableAlert(at + ": expected an object, found " + kind(alert));
        }
        Alert.Status status = switch (text(alert, at, "status", MAX_NAME_LENGTH)) {
            case "firing" -> Alert.Status.FIRING;
            case "resolved" -> Alert.Status.RESOLVED;
            default ->
                throw new UnreadableAlert(
                        at + ".status: expected \"firing\" or \"resolved\", found " + shown(alert.path("status")));
        };
        SortedMap<String, String> labels = texts(alert, at, "labels", MAX_LABEL_LENGTH);
        if (labels.isEmpty()) {
            throw new UnreadableAlert(at + ".labels: an alert needs at least one label");
        }
        Instant startsAt = instant(alert, at, "startsAt")
                .orElseThrow(() -> new UnreadableAlert(at + ".startsAt: expected a time, found none"));
        String fingerprint = text(alert, at, "fingerprint", MAX_NAME_LENGTH);
        return new Alert(
                status,
                labels,
                texts(alert, at, "annotations", MAX_TEXT_LENGTH),
                startsAt,
                instant(alert, at, "endsAt"),
                fingerprint.isEmpty() ? Fingerprint.of(labels) : fingerprint,
                text(alert, at, "generatorURL", MAX_TEXT_LENGTH),
                groupKey);
    }

    /** The text of a field; empty when there is none. */
    private static String text(JsonNode object, String at, String field, int limit) throws UnreadableAlert {
        JsonNode value = object.path(field);
        return value.isMissingNode() || value.isNull() ? "" : text(value, path(at, field), limit);
    }

    private static String text(JsonNode value, String at, int limit) throws UnreadableAlert {
        if (!value.isString()) {
            throw new UnreadableAlert(at + ": expected text, found " + kind(value));
        }
        String text = value.stringValue();
        if (text.length() > limit) {
            throw new UnreadableAlert(at + ": " + text.length() + " characters; at most " + limit + " are read");
        }
        return text;
    }

    private static SortedMap<String, String> texts(JsonNode alert, String at, String field, int limit)
            throws UnreadableAlert {
        JsonNode object = alert.path(field);
        SortedMap<String, String> texts = new TreeMap<>();
        if (object.isMissingNode() || object.isNull()) {
            return texts;
        }
        String here = path(at, field);
        if (!object.isObject()) {
            throw new UnreadableAlert(here + ": expected an object, found " + kind(object));
        }
        if (object.size() > MAX_LABELS) {
            throw new UnreadableAlert(here + ": " + object.size() + " entries; at most " + MAX_LABELS + " are read");
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
                throw new UnreadableAlert(
                        here + ": a name of " + name.length() + " characters; 1 to " + MAX_NAME_LENGTH + " are read");
            }
            texts.put(name, text(entry.getValue(), here + "." + oneLine(name), limit));
        }
        return texts;
    }

    private static Optional<Instant> instant(JsonNode alert, String at, String field) throws UnreadableAlert {
        String text = text(alert, at, field, MAX_NAME_LENGTH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.equals(NEVER) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            throw new UnreadableAlert(
                    path(at, field) + ": expected a time like 2026-01-31T02:00:00Z, found " + shown(alert.path(field)));
        }
    }

    private static String path(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "nothing";
            case NULL -> "null";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            default -> "an object";
        };
    }

    /** A value as it stands in the payload, short enough and safe to be put into a message. */
    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "none" : oneLine(node.toString());
    }

    private static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("");
        String cut = line.length() > 80 ? line.substring(0, 80) + "…" : line;
        return cut.codePoints()
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
