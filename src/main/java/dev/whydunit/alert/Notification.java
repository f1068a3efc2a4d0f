package dev.whydunit.alert;

import java.util.List;

/**
 * What one delivery of a monitoring system says.
 *
 * @param alerts in its order; empty when it tells of something else, such as that somebody acknowledged
 * @param notes what the sender left out or what was passed over, for the log
 */
public record Notification(List<Item> alerts, List<String> notes) {
    /** Keeps its own copies. */
    public Notification {
        alerts = List.copyOf(alerts);
        notes = List.copyOf(notes);
    }

    /**
     * An alert in a delivery.
     *
     * @param event the same for every delivery of the same news, and for no other: what has it was seen before
     */
    public record Item(String event, Alert alert) {}
}
