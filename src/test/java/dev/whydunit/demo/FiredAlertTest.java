package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiredAlertTest {
    private final JsonNode payload = JsonMapper.shared()
            .readTree(new FiredAlert("127.0.0.1:8080", 0.412, 0.2, Instant.parse("2026-03-01T10:00:00.123456Z"))
                    .payload());

    @Test
    void thePayloadIsOfAlertmanagersVersion4() {
        assertThat(payload.get("version").asString()).isEqualTo("4");
        assertThat(payload.get("status").asString()).isEqualTo("firing");
        assertThat(payload.propertyNames())
                .contains(
                        "groupKey",
                        "truncatedAlerts",
                        "receiver",
                        "groupLabels",
                        "commonLabels",
                        "commonAnnotations",
                        "externalURL");
    }

    @Test
    void theAlertFiresForTheShopSinceItsStart() {
        JsonNode alert = payload.get("alerts").get(0);
        assertThat(alert.at("/labels/alertname").asString()).isEqualTo("HighLatency");
        assertThat(alert.at("/labels/service").asString()).isEqualTo("shop");
        assertThat(alert.at("/startsAt").asString()).isEqualTo("2026-03-01T10:00:00.123Z");
        assertThat(alert.at("/endsAt").asString()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(alert.at("/annotations/description").asString())
                .isEqualTo("p95 is 0.412 s, the objective is 0.200 s");
        assertThat(alert.at("/fingerprint").asString()).matches("[0-9a-f]{16}");
    }
}
