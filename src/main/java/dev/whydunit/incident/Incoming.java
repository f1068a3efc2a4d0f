package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;

/**
 * An alert of a delivery, with what is worked out of it alone: that is done before its turn comes, by as many as have one.
 *
 * @param event what tells the event from others of its receiver
 * @param told whether the sender itself tells repeated deliveries apart
 * @param labels as they are stored
 * @param annotations as they are stored
 */
record Incoming(Alert alert, String event, boolean told, Signal signal, String labels, String annotations) {
    static Incoming of(Notification.Item item, Grouping grouping) {
        Alert alert = item.alert();
        return new Incoming(
                alert,
                item.event(),
                item.told(),
                grouping.signal(alert),
                Columns.text(alert.labels()),
                Columns.text(alert.annotations()));
    }
}
