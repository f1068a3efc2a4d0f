package dev.whydunit.notification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A message for programs: type, time and data, as Standard Webhooks recommends. */
public final class WebhookPayload {
    private static final int DECIMALS = 4;
    private static final JsonMapper JSON = new JsonMapper();

    private WebhookPayload() {}

    /** The body of the request; {@code text} in it is what the channel's template makes. */
    public static String body(Message message, Optional<MessageTemplate> template) {
        Layout.Filled filled = PlainMessage.filled(message, template);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("schemaVersion", 1);
        data.put("title", message.title());
        data.put("verdict", message.verdict());
        data.put(
                "probability",
                message.probability().map(sure -> BigDecimal.valueOf(sure).setScale(DECIMALS, RoundingMode.HALF_EVEN)));
        data.put("evidence", message.evidence());
        data.put("notChecked", message.notChecked());
        data.put("next", message.next());
        data.put("link", message.link());
        data.put("incident", message.incident());
        data.put("investigation", message.investigation());
        data.put("runbook", message.runbook());
        data.put("environment", message.environment());
        data.put("inputs", message.inputs());
        data.put("alert", Fields.of("labels", message.labels(), "annotations", message.annotations()));
        filled.text().ifPresent(text -> data.put("text", text));
        if (!filled.remarks().isEmpty()) {
            data.put("remarks", filled.remarks());
        }
        return JSON.writeValueAsString(Fields.of(
                "type",
                "whydunit." + message.occasion().word(),
                "timestamp",
                message.at().toString(),
                "data",
                data));
    }
}
