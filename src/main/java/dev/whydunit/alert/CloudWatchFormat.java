package dev.whydunit.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * CloudWatch alarms as SNS delivers them: JSON in the text of a message. Subscriptions are not alerts; the receiver sees to them.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">SNS message formats</a>
 */
final class CloudWatchFormat {
    private CloudWatchFormat() {}

    static Notification notification(byte[] payload) throws UnreadableAlert {
        JsonNode envelope = AlertFields.object(payload);
        String type = AlertFields.text(envelope, "", "Type", AlertFormat.MAX_NAME_LENGTH);
        if (type.isEmpty()) {
            throw new UnreadableAlert(
                    "Type: expected text, found none; is this an SNS message, and is raw message delivery"
                            + " switched off in its subscription?");
        }
        if (!type.equals("Notification")) {
            return new Notification(List.of(), List.of("passed over: " + Payload.oneLine(type)));
        }
        String id = AlertFields.text(envelope, "", "MessageId", AlertFormat.MAX_NAME_LENGTH);
        if (id.isEmpty()) {
            throw new UnreadableAlert("MessageId: expected text, found none; is this an SNS message?");
        }
        String message = AlertFields.text(envelope, "", "Message", AlertFormat.MAX_BYTES);
        JsonNode alarm;
        try {
            alarm = AlertFields.object(message.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableAlert e) {
            // Whoever may publish to the topic may write what they want: a test from the console is plain text.
            return new Notification(List.of(), List.of("passed over: the message is no alarm of CloudWatch"));
        }
        if (!alarm.has("NewStateValue")) {
            return new Notification(List.of(), List.of("passed over: the message is no alarm of CloudWatch"));
        }
        String state = AlertFields.text(alarm, "Message", "NewStateValue", AlertFormat.MAX_NAME_LENGTH);
        if (!state.equals("ALARM") && !state.equals("OK")) {
            return new Notification(List.of(), List.of("passed over: state " + Payload.oneLine(state)));
        }
        Instant at = AlertFields.instant(alarm, "Message", "StateChangeTime")
                .or(() -> epoch(envelope))
                .orElseThrow(() -> new UnreadableAlert("Message.StateChangeTime: expected a time, found none"));
        return new Notification(List.of(new Notification.Item(id, alert(alarm, state.equals("ALARM"), at))), List.of());
    }

    private static Optional<Instant> epoch(JsonNode envelope) {
        try {
            return AlertFields.instant(envelope, "", "Timestamp");
        } catch (UnreadableAlert e) {
            return Optional.empty();
        }
    }

    private static Alert alert(JsonNode alarm, boolean firing, Instant at) throws UnreadableAlert {
        String here = "Message";
        String name = AlertFields.text(alarm, here, "AlarmName", AlertFormat.MAX_TEXT_LENGTH);
        if (name.isEmpty()) {
            throw new UnreadableAlert("Message.AlarmName: expected text, found none");
        }
        String account = AlertFields.text(alarm, here, "AWSAccountId", AlertFormat.MAX_NAME_LENGTH);
        String region = AlertFields.text(alarm, here, "Region", AlertFormat.MAX_NAME_LENGTH);
        JsonNode trigger = AlertFields.child(alarm, here, "Trigger");
        LabelledAlert alert = new LabelledAlert();
        int taken = 0;
        for (JsonNode dimension : trigger.path("Dimensions")) {
            String key = dimension.path("name").asString("");
            if (!key.isEmpty() && key.length() <= AlertFormat.MAX_NAME_LENGTH && taken < AlertFormat.MAX_LABELS / 2) {
                alert.label(key, dimension.path("value").asString(""));
                taken++;
            }
        }
        return alert.label(Alert.NAME, name)
                .label("severity", "critical")
                .label("account", account)
                .label("region", region)
                .label("namespace", AlertFields.text(trigger, here, "Namespace", AlertFormat.MAX_LABEL_LENGTH))
                .label("metric", AlertFields.text(trigger, here, "MetricName", AlertFormat.MAX_LABEL_LENGTH))
                .annotation("summary", AlertFields.text(alarm, here, "NewStateReason", AlertFormat.MAX_TEXT_LENGTH))
                .annotation(
                        "description", AlertFields.text(alarm, here, "AlarmDescription", AlertFormat.MAX_TEXT_LENGTH))
                .firing(firing, at, "cloudwatch " + account + " " + region + " " + name, "");
    }
}
