package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.whydunit.masking.SecretMask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {
    private static final String SECRET = "a\"secret\\of+ours";

    private static String line(boolean json, String message, Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "fqcn", context.getLogger("dev.whydunit.server.Test"), Level.WARN, message, thrown, new Object[0]);
        event.setMDCPropertyMap(Map.of(TraceIds.LOGGED, TraceIds.ofInvestigation("x")));
        return new String(
                new LogLines(json, () -> new SecretMask(List.of(SECRET))).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void aJsonLineHasTheFieldsOfEcsAndTheTrace() {
        JsonNode line = new JsonMapper().readTree(line(true, "it is so", new IllegalStateException("why")));
        assertThat(line.path("@timestamp").asString()).endsWith("Z");
        assertThat(line.path("log").path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("message").asString()).isEqualTo("it is so");
        assertThat(line.path("trace.id").asString()).matches("[0-9a-f]{32}");
        assertThat(line.path("error").path("type").asString()).endsWith("IllegalStateException");
        assertThat(line.path("ecs").path("version").asString()).isNotEmpty();
    }

    @Test
    void secretsAreTakenOutOfMessagesAndStackTraces() {
        for (boolean json : List.of(true, false)) {
            String line = line(
                    json, "with " + SECRET, new IllegalStateException("Authorization: Bearer abcdefghijkl " + SECRET));
            assertThat(line).contains("<masked>").doesNotContain("abcdefghijkl").doesNotContain("of+ours");
        }
    }

    @Test
    void aMessageMakesNoLineThatLooksLikeAnother() {
        String line = line(
                false, "one\n2026-01-01T00:00:00.000Z WARN forged\u001b[31m", new IllegalStateException("two\nforged"));
        assertThat(line.lines().filter(one -> !one.startsWith("    "))).hasSize(1);
        assertThat(line).doesNotContain("\u001b");
    }
}
