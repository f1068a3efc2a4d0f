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
     * @param told whether the sender's own words make it so, such as an id or a time. Where they do not, what has the same event may be sent
     *     again later and mean that it begins or ends once more.
     */
    public record Item(String event, Alert alert, boolean told) {
        /** Of a sender whose own words tell one piece of news from every other. */
        public Item(String event, Alert alert) {
            this(event, alert, true);
        }
    }
}
