package dev.whydunit.alert;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * PagerDuty's webhooks, version 3: events of incidents.
 *
 * @see <a href="https://developer.pagerduty.com/docs/webhooks-overview">Webhooks overview</a>
 */
final class PagerDutyFormat {
    private PagerDutyFormat() {}

    static Notification notification(byte[] payload) throws UnreadableAlert {
        JsonNode event = AlertFields.child(AlertFields.object(payload), "", "event");
        if (!event.isObject()) {
            throw new UnreadableAlert("event: expected an object, found " + AlertFields.kind(event)
                    + "; is this a PagerDuty webhook of version 3?");
        }
        String type = AlertFields.text(event, "event", "event_type", AlertFormat.MAX_NAME_LENGTH);
        boolean firing = switch (type) {
            case "incident.triggered", "incident.reopened", "incident.unacknowledged" -> true;
            default -> false;
        };
        if (!firing && !type.equals("incident.resolved")) {
            return new Notification(List.of(), List.of("passed over: " + Payload.oneLine(type)));
        }
        String id = AlertFields.text(event, "event", "id", AlertFormat.MAX_NAME_LENGTH);
        if (id.isEmpty()) {
            throw new UnreadableAlert("event.id: expected text, found none");
        }
        Instant at = AlertFields.instant(event, "event", "occurred_at")
                .orElseThrow(() -> new UnreadableAlert("event.occurred_at: expected a time, found none"));
        return new Notification(List.of(new Notification.Item(id, alert(event, firing, at))), List.of());
    }

    private static Alert alert(JsonNode event, boolean firing, Instant at) throws UnreadableAlert {
        JsonNode data = AlertFields.child(event, "event", "data");
        String here = "event.data";
        String incident = AlertFields.text(data, here, "id", AlertFormat.MAX_NAME_LENGTH);
        if (incident.isEmpty()) {
            throw new UnreadableAlert("event.data.id: expected text, found none");
        }
        String urgency = AlertFields.text(data, here, "urgency", AlertFormat.MAX_NAME_LENGTH);
        String title = AlertFields.text(data, here, "title", AlertFormat.MAX_TEXT_LENGTH);
        String url = AlertFields.text(data, here, "html_url", AlertFormat.MAX_TEXT_LENGTH);
        return new LabelledAlert()
                .label(Alert.NAME, title)
                .label("service", summary(data, here, "service"))
                .label("severity", urgency.equals("high") ? "critical" : urgency.isEmpty() ? "" : "warning")
                .label("priority", summary(data, here, "priority"))
                .label("pagerduty_incident", incident)
                .annotation("summary", title)
                .annotation("link", url)
                .firing(firing, at, "pagerduty " + incident, url);
    }

    private static String summary(JsonNode data, String at, String field) throws UnreadableAlert {
        return AlertFields.text(
                AlertFields.child(data, at, field), at + "." + field, "summary", AlertFormat.MAX_TEXT_LENGTH);
    }
}
