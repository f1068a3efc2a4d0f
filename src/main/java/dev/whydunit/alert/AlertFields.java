package dev.whydunit.alert;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads the fields of a stranger's JSON, each with its limits, and says what is wrong in one line. */
final class AlertFields {
    /** How Alertmanager writes "has not ended". */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    /** A name that may be put into a message: anything else could be text that went astray. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:/-]{0,63}");

    private AlertFields() {}

    /** The payload's JSON object. */
    static JsonNode object(byte[] payload) throws UnreadableAlert {
        JsonNode root = Payload.read(payload);
        if (!root.isObject()) {
            throw new UnreadableAlert("expected a JSON object, found " + kind(root));
        }
        return root;
    }

    /** The text of a field; empty when there is none. */
    static String text(JsonNode object, String at, String field, int limit) throws UnreadableAlert {
        JsonNode value = object.path(field);
        return value.isMissingNode() || value.isNull() ? "" : text(value, path(at, field), limit);
    }

    static String text(JsonNode value, String at, int limit) throws UnreadableAlert {
        if (!value.isString()) {
            throw new UnreadableAlert(at + ": expected text, found " + kind(value));
        }
        String text = value.stringValue();
        if (text.length() > limit) {
            throw new UnreadableAlert(at + ": " + text.length() + " characters; at most " + limit + " are read");
        }
        return text;
    }

    static SortedMap<String, String> texts(JsonNode alert, String at, String field, int limit) throws UnreadableAlert {
        JsonNode object = alert.path(field);
        SortedMap<String, String> texts = new TreeMap<>();
        if (object.isMissingNode() || object.isNull()) {
            return texts;
        }
        String here = path(at, field);
        if (!object.isObject()) {
            throw new UnreadableAlert(here + ": expected an object, found " + kind(object));
        }
        if (object.size() > AlertFormat.MAX_LABELS) {
            throw new UnreadableAlert(
                    here + ": " + object.size() + " entries; at most " + AlertFormat.MAX_LABELS + " are read");
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            if (name.isEmpty() || name.length() > AlertFormat.MAX_NAME_LENGTH) {
                throw new UnreadableAlert(here + ": a name of " + name.length() + " characters; 1 to "
                        + AlertFormat.MAX_NAME_LENGTH + " are read");
            }
            texts.put(name, text(entry.getValue(), here + "." + (NAME.matches(name) ? name : "?"), limit));
        }
        return texts;
    }

    static Optional<Instant> instant(JsonNode alert, String at, String field) throws UnreadableAlert {
        String text = text(alert, at, field, AlertFormat.MAX_NAME_LENGTH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Amazon writes +0000.
            boolean bare = text.length() > 5 && "+-".indexOf(text.charAt(text.length() - 5)) >= 0;
            String colon = bare ? text.substring(0, text.length() - 2) + ":" + text.substring(text.length() - 2) : text;
            Instant instant = OffsetDateTime.parse(colon).toInstant();
            return instant.equals(NEVER) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            throw unexpected(path(at, field) + ": expected a time like 2026-01-31T02:00:00Z", alert.path(field));
        }
    }

    /** Text, or a number or truth value as text; empty when there is none. */
    static String loose(JsonNode object, String at, String field, int limit) throws UnreadableAlert {
        JsonNode value = object.path(field);
        return value.isNumber() || value.isBoolean() ? value.asString() : text(object, at, field, limit);
    }

    /** An object in an object; an empty one when there is none. */
    static JsonNode child(JsonNode object, String at, String field) throws UnreadableAlert {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull() || value.isObject()) {
            return value;
        }
        throw new UnreadableAlert(path(at, field) + ": expected an object, found " + kind(value));
    }

    /** A text cut to what a label may hold. */
    static String label(String text) {
        return text.length() <= AlertFormat.MAX_LABEL_LENGTH ? text : text.substring(0, AlertFormat.MAX_LABEL_LENGTH);
    }

    static String path(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }

    static String kind(JsonNode node) {
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

    /** Something else was expected. */
    static UnreadableAlert unexpected(String expected, JsonNode found) {
        return new UnreadableAlert(expected + ", found " + shown(found), expected);
    }

    /** A value as it stands in the payload, short enough and safe to be put into a message. */
    static String shown(JsonNode node) {
        return node.isMissingNode() ? "none" : Payload.oneLine(node.toString());
    }
}
