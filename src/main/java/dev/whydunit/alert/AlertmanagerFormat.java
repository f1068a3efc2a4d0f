package dev.whydunit.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * Alertmanager's webhook payload, version "4". Fields that it does not know are passed over; those that it reads must
 * have the right type. Thread-safe.
 */
public final class AlertmanagerFormat {
    private static final String VERSION = "4";
    private static final String GRAFANA_VERSION = "1";

    private AlertmanagerFormat() {}

    /**
     * The alerts of one notification, in its order.
     *
     * @param payload the body as it was received
     * @throws UnreadableAlert when it is too large or not such a payload, or one of its alerts cannot be read
     */
    public static List<Alert> parse(byte[] payload) throws UnreadableAlert {
        JsonNode root = root(payload);
        String groupKey = groupKey(root);
        List<Alert> read = new ArrayList<>();
        for (JsonNode alert : list(root)) {
            read.add(alert(alert, "alerts[" + read.size() + "]", groupKey));
        }
        return List.copyOf(read);
    }

    static Notification notification(byte[] payload) throws UnreadableAlert {
        return alerts(root(payload), (alert, json, at) -> alert);
    }

    private static JsonNode root(byte[] payload) throws UnreadableAlert {
        JsonNode root = AlertFields.object(payload);
        String version = AlertFields.text(root, "", "version", AlertFormat.MAX_NAME_LENGTH);
        if (!version.equals(VERSION)) {
            throw new UnreadableAlert("version: expected \"" + VERSION + "\", found "
                    + AlertFields.shown(root.path("version"))
                    + (version.equals(GRAFANA_VERSION)
                            ? "; Grafana sends that: write kind: grafana"
                            : "; is this an Alertmanager webhook payload?"));
        }
        return root;
    }

    /** What a sender of this shape says besides. */
    @FunctionalInterface
    interface Extras {
        /** The alert with what the sender adds to it. */
        Alert with(Alert alert, JsonNode json, String at) throws UnreadableAlert;
    }

    /** What the sender says that it left out. */
    private static List<String> notes(JsonNode root) {
        JsonNode truncated = root.path("truncatedAlerts");
        return truncated.isNumber() && truncated.asLong() > 0
                ? List.of("the sender left out " + truncated.asLong() + " more alerts of the group")
                : List.of();
    }

    /** The alerts of a payload of this shape. */
    static Notification alerts(JsonNode root, Extras extras) throws UnreadableAlert {
        String groupKey = groupKey(root);
        return Notification.ofEach(list(root), notes(root), (JsonNode json, String at) -> {
            Alert alert = alert(json, at, groupKey);
            return new Notification.Item(event(alert), extras.with(alert, json, at));
        });
    }

    private static String groupKey(JsonNode root) throws UnreadableAlert {
        return AlertFields.text(root, "", "groupKey", AlertFormat.MAX_TEXT_LENGTH);
    }

    private static JsonNode list(JsonNode root) throws UnreadableAlert {
        JsonNode alerts = root.path("alerts");
        if (!alerts.isArray()) {
            throw new UnreadableAlert("alerts: expected a list, found " + AlertFields.kind(alerts));
        }
        if (alerts.size() > AlertFormat.MAX_ALERTS) {
            throw new UnreadableAlert("alerts: " + alerts.size() + " of them; at most " + AlertFormat.MAX_ALERTS
                    + " are read: set max_alerts in the sender's webhook_configs");
        }
        return alerts;
    }

    /** One firing of one alert in one group, and one end of it. */
    private static String event(Alert alert) {
        return String.join(
                "|",
                alert.groupKey(),
                alert.fingerprint(),
                alert.startsAt().toString(),
                alert.status() == Alert.Status.FIRING
                        ? "firing"
                        : "resolved " + alert.endsAt().map(Instant::toString).orElse(""));
    }

    private static Alert alert(JsonNode alert, String at, String groupKey) throws UnreadableAlert {
        if (!alert.isObject()) {
            throw new UnreadableAlert(at + ": expected an object, found " + AlertFields.kind(alert));
        }
        Alert.Status status = switch (AlertFields.text(alert, at, "status", AlertFormat.MAX_NAME_LENGTH)) {
            case "firing" -> Alert.Status.FIRING;
            case "resolved" -> Alert.Status.RESOLVED;
            default ->
                throw AlertFields.unexpected(at + ".status: expected \"firing\" or \"resolved\"", alert.path("status"));
        };
        SortedMap<String, String> labels = AlertFields.texts(alert, at, "labels", AlertFormat.MAX_LABEL_LENGTH);
        if (labels.isEmpty()) {
            throw new UnreadableAlert(at + ".labels: an alert needs at least one label");
        }
        Instant startsAt = AlertFields.instant(alert, at, "startsAt")
                .orElseThrow(() -> new UnreadableAlert(at + ".startsAt: expected a time, found none"));
        String fingerprint = AlertFields.text(alert, at, "fingerprint", AlertFormat.MAX_NAME_LENGTH);
        return new Alert(
                status,
                labels,
                AlertFields.texts(alert, at, "annotations", AlertFormat.MAX_TEXT_LENGTH),
                startsAt,
                AlertFields.instant(alert, at, "endsAt"),
                fingerprint.isEmpty() ? Fingerprint.of(labels) : fingerprint,
                AlertFields.text(alert, at, "generatorURL", AlertFormat.MAX_TEXT_LENGTH),
                groupKey);
    }
}
