package dev.whydunit.notification;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as a note on a PagerDuty incident, which is plain text.
 *
 * @see <a href="https://developer.pagerduty.com/api-reference/a1ac30885eb7a-create-a-note-on-an-incident">Create a note</a>
 */
public final class PagerDutyNote {
    /** PagerDuty does not say what it takes; this is what a person reads. In chars. */
    private static final int MOST = 10_000;

    private static final JsonMapper JSON = new JsonMapper();

    private PagerDutyNote() {}

    /** The body of the request. */
    public static String body(Message message, Optional<MessageTemplate> template) {
        String content = PlainMessage.text(message, PlainMessage.filled(message, template), MOST);
        return JSON.writeValueAsString(Map.of("note", Map.of("content", content)));
    }
}
