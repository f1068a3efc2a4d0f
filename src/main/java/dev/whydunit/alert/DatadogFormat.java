package dev.whydunit.alert;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Datadog's webhook with the body that docs/webhooks.md gives to copy, since there the user writes it.
 *
 * @see <a href="https://docs.datadoghq.com/integrations/webhooks/">Webhooks</a>
 */
final class DatadogFormat {
    private DatadogFormat() {}

    static Notification notification(byte[] payload) throws UnreadableAlert {
        JsonNode root = AlertFields.object(payload);
        String id = required(root, "id");
        String transition = required(root, "transition");
        String title = AlertFields.text(root, "", "title", AlertFormat.MAX_TEXT_LENGTH);
        if (title.startsWith("[TEST]")) {
            return new Notification(List.of(), List.of("passed over: Datadog's test of a monitor's notifications"));
        }
        boolean firing = !transition.toLowerCase(Locale.ROOT).startsWith("recover");
        String cycle = AlertFields.loose(root, "", "cycle_key", AlertFormat.MAX_NAME_LENGTH);
        String url = AlertFields.text(root, "", "link", AlertFormat.MAX_TEXT_LENGTH);
        LabelledAlert alert = new LabelledAlert()
                .label("severity", severity(AlertFields.loose(root, "", "priority", AlertFormat.MAX_NAME_LENGTH)))
                .label("host", AlertFields.text(root, "", "hostname", AlertFormat.MAX_LABEL_LENGTH));
        tags(alert, AlertFields.text(root, "", "tags", AlertFormat.MAX_TEXT_LENGTH));
        alert.label(Alert.NAME, title)
                .label("datadog_monitor", id)
                .annotation("summary", title)
                .annotation("description", AlertFields.text(root, "", "message", AlertFormat.MAX_TEXT_LENGTH))
                .annotation("query", AlertFields.text(root, "", "query", AlertFormat.MAX_TEXT_LENGTH))
                .annotation("link", url);
        return new Notification(
                List.of(new Notification.Item(
                        id + "|" + transition + "|" + cycle,
                        alert.firing(firing, at(root), "datadog " + id + " " + cycle, url))),
                List.of());
    }

    private static String required(JsonNode root, String field) throws UnreadableAlert {
        String text = AlertFields.loose(root, "", field, AlertFormat.MAX_NAME_LENGTH);
        if (text.isEmpty()) {
            throw new UnreadableAlert(
                    field + ": expected text, found none; the webhook's body must be the one of docs/webhooks.md");
        }
        return text;
    }

    /** {@code service:shop,env:prod}: what has a name becomes a label. */
    private static void tags(LabelledAlert alert, String tags) {
        int taken = 0;
        for (String tag : tags.split(",", -1)) {
            int colon = tag.indexOf(':');
            if (colon > 0 && colon <= AlertFormat.MAX_NAME_LENGTH && taken < AlertFormat.MAX_LABELS / 2) {
                alert.label(
                        tag.substring(0, colon).strip(),
                        tag.substring(colon + 1).strip());
                taken++;
            }
        }
    }

    private static String severity(String priority) {
        return switch (priority.toUpperCase(Locale.ROOT)) {
            case "P1", "P2", "1", "2" -> "critical";
            case "" -> "";
            default -> "warning";
        };
    }

    /** Milliseconds since 1970, as {@code $DATE} is. */
    private static Instant at(JsonNode root) throws UnreadableAlert {
        String date = AlertFields.loose(root, "", "date", AlertFormat.MAX_NAME_LENGTH);
        try {
            return Instant.ofEpochMilli(Long.parseLong(date));
        } catch (NumberFormatException | DateTimeException e) {
            throw new UnreadableAlert(
                    "date: expected milliseconds since 1970, found " + AlertFields.shown(root.path("date")));
        }
    }
}
