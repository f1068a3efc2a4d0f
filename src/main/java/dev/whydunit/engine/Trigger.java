package dev.whydunit.engine;

import java.util.Map;

/**
 * What began an investigation.
 *
 * @param kind {@code command}, {@code alert}, {@code schedule} or {@code rerun}
 * @param alert the alert as plain data ({@code labels}, {@code annotations}, {@code starts_at}, {@code status}); empty when there was none
 */
public record Trigger(String kind, Map<String, Object> alert) {
    /** By a person at a prompt. */
    public static Trigger command() {
        return new Trigger("command", Map.of());
    }
}
