package dev.whydunit.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerFormatTest {
    private static final String NOTIFICATION = """
            {"receiver": "whydunit", "status": "firing", "version": "4",
             "groupKey": "{}:{env=\\"prod\\"}", "truncatedAlerts": 0,
             "groupLabels": {"env": "prod"}, "commonLabels": {"env": "prod"}, "commonAnnotations": {},
             "externalURL": "http://alertmanager:9093",
             "alerts": [
               {"status": "firing",
                "labels": {"severity": "critical", "alertname": "HighLatency", "service": "shop", "env": "prod"},
                "annotations": {"summary": "p95 is 2.1 s"},
                "startsAt": "2026-03-01T02:11:30.188Z", "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "http://prometheus:9090/graph?g0.expr=x\\u0026g0.tab=1",
                "fingerprint": "fa21ffd5b7e4a0c1"},
               {"status": "resolved",
                "labels": {"alertname": "HighLoad", "env": "prod"}, "annotations": {},
                "startsAt": "2026-03-01T03:11:58+01:00", "endsAt": "2026-03-01T02:14:00Z",
                "generatorURL": "", "fingerprint": "0c9d3a77b1e5f204"}]}
            """;

    @Test
    void aNotificationIsReadAlertByAlert() throws UnreadableAlert {
        List<Alert> alerts = parse(NOTIFICATION);

        assertThat(alerts).hasSize(2);
        Alert firing = alerts.getFirst();
        assertThat(firing.status()).isEqualTo(Alert.Status.FIRING);
        assertThat(firing.name()).isEqualTo("HighLatency");
        assertThat(firing.labels().keySet()).containsExactly("alertname", "env", "service", "severity");
        assertThat(firing.annotations()).containsEntry("summary", "p95 is 2.1 s");
        assertThat(firing.startsAt()).isEqualTo(Instant.parse("2026-03-01T02:11:30.188Z"));
        assertThat(firing.endsAt()).as("0001-01-01 means that it still fires").isEmpty();
        assertThat(firing.fingerprint()).isEqualTo("fa21ffd5b7e4a0c1");
        assertThat(firing.generatorUrl()).isEqualTo("http://prometheus:9090/graph?g0.expr=x&g0.tab=1");
        assertThat(firing.groupKey()).isEqualTo("{}:{env=\"prod\"}");
        Alert resolved = alerts.getLast();
        assertThat(resolved.status()).isEqualTo(Alert.Status.RESOLVED);
        assertThat(resolved.startsAt()).isEqualTo(Instant.parse("2026-03-01T02:11:58Z"));
        assertThat(resolved.endsAt()).contains(Instant.parse("2026-03-01T02:14:00Z"));
    }

    @Test
    void hostileTextComesOutAsItCameIn() throws UnreadableAlert {
        String hostile = "$(touch x) ${{ inputs.a }} {{ b }} <script> \\u001b[2J \\u0000 \\\"quoted\\\"";

        assertThat(parse(alertWith("\"service\": \"" + hostile + "\""))
                        .getFirst()
                        .labels())
                .containsEntry("service", "$(touch x) ${{ inputs.a }} {{ b }} <script> \u001b[2J \0 \"quoted\"");
    }

    @Test
    void anAlertWithoutFingerprintGetsTheOneThatAlertmanagerWouldGive() throws UnreadableAlert {
        assertThat(parse(alertWith("\"alertname\": \"Up\"")).getFirst().fingerprint())
                .isEqualTo("57fc0d42e24a6ea7");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{`|not readable as JSON at line 1, column 2",
                "[]|expected a JSON object, found a list",
                "{}|version: expected \"4\", found none; is this an Alertmanager webhook payload?",
                "{\"version\": \"3\"}|version: expected \"4\", found \"3\"",
                "{\"version\": 4}|version: expected text, found a number",
                "{\"version\": \"4\"}|alerts: expected a list, found nothing",
                "{\"version\": \"4\", \"alerts\": {}}|alerts: expected a list, found an object",
                "{\"version\": \"4\", \"alerts\": [7]}|alerts[0]: expected an object, found a number",
                "{\"version\": \"4\", \"version\": \"4\"}|not readable as JSON at line 1, column 27: Duplicate",
                "{\"version\": \"4\", \"alerts\": []} x|not readable as JSON at line 1, column 32: Unrecognized"
            })
    void whatIsNotSuchAPayloadIsRefusedWithThePlace(String payload, String message) {
        assertThatThrownBy(() -> parse(payload.replace("`", "")))
                .isInstanceOf(UnreadableAlert.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aWrongFieldIsNamed() {
        assertThatThrownBy(() -> parse(NOTIFICATION.replace("{\"status\": \"firing\"", "{\"status\": \"burning\"")))
                .hasMessage("alerts[0].status: expected \"firing\" or \"resolved\", found \"burning\"");
        assertThatThrownBy(() -> parse(NOTIFICATION.replace("\"shop\"", "[\"shop\"]")))
                .hasMessage("alerts[0].labels.service: expected text, found a list");
        assertThatThrownBy(() -> parse(NOTIFICATION.replace("2026-03-01T02:11:30.188Z", "yesterday")))
                .hasMessage("alerts[0].startsAt: expected a time like 2026-01-31T02:00:00Z, found \"yesterday\"");
        assertThatThrownBy(() -> parse(NOTIFICATION.replace("2026-03-01T02:11:30.188Z", "")))
                .hasMessage("alerts[0].startsAt: expected a time, found none");
        assertThatThrownBy(() -> parse(NOTIFICATION.replace("\"0c9d3a77b1e5f204\"", "true")))
                .hasMessage("alerts[1].fingerprint: expected text, found true or false");
        assertThatThrownBy(() -> parse(NOTIFICATION.replace("{\"alertname\": \"HighLoad\", \"env\": \"prod\"}", "{}")))
                .hasMessage("alerts[1].labels: an alert needs at least one label");
    }

    @Test
    void aMessageNeverCarriesControlCharactersOfThePayload() {
        assertThatThrownBy(() -> parse(alertWith("\"a\\u001b[2J\\nb\": 7")))
                .hasMessage("alerts[0].labels.?: expected text, found a number");
    }

    @Test
    void everythingHasALimit() {
        assertThatThrownBy(() -> AlertmanagerFormat.parse(new byte[AlertFormat.MAX_BYTES + 1]))
                .hasMessage("the payload has 1000001 bytes; at most 1000000 are read");
        assertThatThrownBy(() -> parse(alertWith(IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> "\"l" + i + "\": \"\"")
                        .collect(Collectors.joining(",")))))
                .hasMessage("alerts[0].labels: 101 entries; at most 100 are read");
        assertThatThrownBy(() -> parse(alertWith("\"" + "n".repeat(257) + "\": \"\"")))
                .hasMessage("alerts[0].labels: a name of 257 characters; 1 to 256 are read");
        assertThatThrownBy(() -> parse(alertWith("\"n\": \"" + "v".repeat(4097) + "\"")))
                .hasMessage("alerts[0].labels.n: 4097 characters; at most 4096 are read");
        assertThatThrownBy(() -> parse("{\"version\": \"4\", \"alerts\": ["
                        + IntStream.rangeClosed(0, 1000).mapToObj(i -> "{}").collect(Collectors.joining(","))
                        + "]}"))
                .hasMessageStartingWith("alerts: 1001 of them; at most 1000 are read");
        assertThatThrownBy(() -> parse("[".repeat(100_000)))
                .hasMessageStartingWith("not readable as JSON")
                .hasMessageContaining("nesting depth");
    }

    private static String alertWith(String labels) {
        return "{\"version\": \"4\", \"alerts\": [{\"status\": \"firing\", \"startsAt\": \"2026-03-01T02:11:30Z\", \"labels\": {"
                + labels + "}}]}";
    }

    private static List<Alert> parse(String payload) throws UnreadableAlert {
        return AlertmanagerFormat.parse(payload.getBytes(StandardCharsets.UTF_8));
    }
}
