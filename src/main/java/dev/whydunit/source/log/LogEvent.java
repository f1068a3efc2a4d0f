package dev.whydunit.source.log;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One event of a log, as it is shown to people.
 *
 * @param at when it happened
 * @param message its text; cut when it was very long
 * @param fields its other fields as texts, nested names joined with dots
 */
public record LogEvent(Instant at, String message, Map<String, String> fields) {
    /** The longest text of a message, in characters. */
    public static final int MESSAGE_LIMIT = 4_000;

    /** The longest text of a field, in characters. */
    public static final int FIELD_LIMIT = 500;

    /** The most fields that an event keeps. */
    public static final int FIELDS_LIMIT = 60;

    /** Cuts what is longer than the limits, and keeps its own copy. */
    public LogEvent {
        message = cut(message, MESSAGE_LIMIT);
        Map<String, String> kept = new LinkedHashMap<>();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (kept.size() == FIELDS_LIMIT) {
                break;
            }
            kept.put(cut(field.getKey(), FIELD_LIMIT), cut(field.getValue(), FIELD_LIMIT));
        }
        fields = Collections.unmodifiableMap(kept);
    }

    /** The text, or its beginning and an ellipsis when it is longer than the limit. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "…";
    }
}
