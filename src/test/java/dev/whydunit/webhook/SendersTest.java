package dev.whydunit.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;
import dev.whydunit.incident.Catalogue;
import dev.whydunit.incident.NotServices;
import dev.whydunit.incident.Signal;
import dev.whydunit.incident.Signals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as the senders write them (src/test/resources/senders), each read by the kind that its name begins with. */
class SendersTest {
    private static final Path SENDERS = Path.of("src/test/resources/senders");
    private static final Signals SIGNALS = new Signals(new Catalogue(List.of()), NotServices.USUAL);
    private static final Instant NOW = Instant.parse("2026-11-30T20:10:00Z");

    private static Receiver.Outcome outcome(String kind, String body) {
        return Receivers.ofKind(kind)
                .orElseThrow()
                .read(new Delivery(Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW));
    }

    private static Notification read(String file) throws Exception {
        return read(file, "", "");
    }

    private static Notification read(String file, String text, String instead) throws Exception {
        String kind = file.split("[-.]", 2)[0];
        String body = Files.readString(SENDERS.resolve(file + ".json"));
        assertThat(body).contains(text);
        return taken(kind, body.replace(text, instead));
    }

    private static Notification taken(String kind, String body) {
        Receiver.Outcome outcome = outcome(kind, body);
        assertThat(outcome).isInstanceOf(Receiver.Outcome.Read.class);
        return ((Receiver.Outcome.Read) outcome).notification();
    }

    private static String refused(String kind, String body) {
        Receiver.Outcome outcome = outcome(kind, body);
        assertThat(outcome).isInstanceOf(Receiver.Outcome.Refused.class);
        Refusal refusal = ((Receiver.Outcome.Refused) outcome).refusal();
        assertThat(refusal.status()).isEqualTo(400);
        return refusal.why();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "alertmanager         | FIRING   | TargetDown                 | checkout  | CRITICAL | 2026-11-23T06:57:59.188Z",
                "alertmanager-mixed   | RESOLVED | TargetDown                 | checkout  | CRITICAL | 2026-11-23T06:57:59.188Z",
                "grafana              | FIRING   | High memory usage          | shop      | CRITICAL | 2026-11-30T20:00:00.123456789Z",
                "pagerduty            | FIRING   | Checkout is slow           | checkout  | CRITICAL | 2026-11-30T20:00:00.555Z",
                "datadog              | FIRING   | [P1] [Triggered on {host:web1,service:shop}] p95 is high | shop | CRITICAL | 2025-11-30T20:00:00Z",
                "sns                  | FIRING   | shop-slow                  | shop      | CRITICAL | 2026-11-30T20:00:00Z",
                "sns-composite        | FIRING   | outage                     | -         | CRITICAL | 2026-11-30T20:00:00Z",
                "opsgenie             | FIRING   | checkout is slow           | checkout  | CRITICAL | 2025-11-30T20:00:00.166Z",
                "opsgenie-close       | RESOLVED | checkout is slow           | checkout  | CRITICAL | 2025-11-30T20:01:40.166Z",
                "opsgenie-delete      | RESOLVED | checkout is slow           | checkout  | CRITICAL | 2025-11-30T20:01:40.166Z",
                "opsgenie-old         | FIRING   | m                          | -         | WARNING  | 2025-11-30T20:00:00.104Z",
                "zabbix               | FIRING   | High CPU                   | -         | CRITICAL | 2025-11-30T20:00:00Z",
                "zabbix-end           | RESOLVED | High CPU                   | -         | CRITICAL | 2025-11-30T20:01:40Z",
                "sentry-issue-alert   | FIRING   | Very Important Alert Rule! | front-end | CRITICAL | 2026-11-30T20:10:00Z",
                "sentry-metric-alert  | FIRING   | Too many errors            | backend   | CRITICAL | 2026-11-30T20:10:00Z",
                "sentry-resolved      | RESOLVED | ReferenceError: heck is not defined | front-end | WARNING | 2026-11-30T20:10:00Z",
                "generic              | FIRING   | Checkout is slow           | checkout  | CRITICAL | 2026-11-30T20:00:00Z",
            })
    void whatASenderTellsIsRead(
            String file, Alert.Status status, String name, String service, String severity, Instant at)
            throws Exception {
        Alert alert = read(file).alerts().getFirst().alert();
        assertThat(alert.status()).isEqualTo(status);
        assertThat(alert.name()).isEqualTo(name);
        Signal signal = SIGNALS.of(alert);
        assertThat(signal.service().orElse(null)).isEqualTo(service);
        assertThat(signal.severity().name()).isEqualTo(severity);
        assertThat(alert.startsAt()).isEqualTo(at);
        assertThat(alert.endsAt().isEmpty()).isEqualTo(status == Alert.Status.FIRING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grafana-test         | passed over: Grafana's test of its contact point",
                "pagerduty-ping       | passed over: pagey.ping",
                "datadog-test         | passed over: Datadog's test of a monitor's notifications",
                "sns-hello            | passed over: the message is no alarm of CloudWatch",
                "sns-no-data          | passed over: state INSUFFICIENT_DATA",
                "opsgenie-acknowledge | passed over: not news of an alert",
                "zabbix-test          | passed over: not news of an alert",
                "sentry-installation  | passed over: not news of an alert",
                "sentry-comment       | passed over: not news of an alert",
            })
    void aTestOrAnythingElseThatIsNoAlertIsTakenWithANoteAndStartsNothing(String file, String note) throws Exception {
        Notification notification = read(file);
        assertThat(notification.alerts()).isEmpty();
        assertThat(notification.notes()).containsExactly(note);
    }

    @Test
    void anAlertOfAMachineIsOfNoService() throws Exception {
        Alert load = read("alertmanager").alerts().getLast().alert();

        assertThat(load.labels()).containsEntry("job", "node");
        assertThat(SIGNALS.of(load).service()).isEmpty();
        assertThat(SIGNALS.of(load).host()).contains("127.0.0.1");
    }

    @Test
    void anAlertThatOnlyLooksLikeATestOfGrafanasIsAnAlert() throws Exception {
        assertThat(read("grafana-test", "\"generatorURL\": \"\"", "\"generatorURL\": \"https://grafana/rule\"")
                        .alerts())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "opsgenie           | opsgenie-close  | \"x\"                      | \"x\"",
                "zabbix             | zabbix-end      | \"x\"                      | \"x\"",
                "sentry-issue-alert | sentry-resolved | \"x\"                      | \"x\"",
                "pagerduty          | pagerduty       | incident.triggered         | incident.resolved",
                "datadog            | datadog         | \"transition\": \"Triggered\" | \"transition\": \"Recovered\"",
            })
    void anEndHasTheFingerprintOfItsBeginning(String beginning, String end, String text, String instead)
            throws Exception {
        Alert began = read(beginning).alerts().getFirst().alert();
        Alert ended = (text.equals(instead) ? read(end) : read(end, text, instead))
                .alerts()
                .getFirst()
                .alert();
        assertThat(ended.status()).isEqualTo(Alert.Status.RESOLVED);
        assertThat(ended.fingerprint()).isEqualTo(began.fingerprint());
    }

    @Test
    void whatASenderSendsAgainIsKnownByItsEvent() throws Exception {
        Set<String> events = new HashSet<>();
        for (String file : List.of(
                "alertmanager", "grafana", "pagerduty", "datadog", "sns", "opsgenie", "zabbix", "sentry-issue-alert")) {
            String event = read(file).alerts().getFirst().event();
            assertThat(read(file).alerts().getFirst().event()).as(file).isEqualTo(event);
            assertThat(events.add(event)).as(file).isTrue();
        }
    }

    @Test
    void whatHasNeitherTimeNorIdOfItsOwnSaysSo() throws Exception {
        assertThat(read("generic").alerts().getFirst().told()).isTrue();
        assertThat(read("generic", "\"starts_at\": \"2026-11-30T20:00:00Z\",", "")
                        .alerts()
                        .getFirst()
                        .told())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alertmanager | `` | the body is empty; JSON is expected",
                "generic      | `` | the body is empty; JSON is expected",
                "generic      | {\"title\": | not readable as JSON at line 1, column 10: Unexpected end-of-input within/between Object entries",
                "generic      | {\"title\": \"x\"} more | not readable as JSON at line 1, column 16: Unrecognized token 'more': was expecting (JSON String, Number, Array, Object or …",
                "generic      | {\"title\": \"x\", \"starts_at\": \"yesterday\"} | at: expected a time like 2026-01-31T02:00:00Z, or seconds or milliseconds since 1970, found yesterday",
                "generic      | {\"alerts\": [{\"text\": \"x\"}, {\"severity\": \"critical\"}]} | identity of alerts[0]: there is no alert.title",
                "generic      | {\"alerts\": 5} | alerts: expected a list, found something else by has(payload.alerts) ? payload.alerts : [payload]",
                "zabbix       | {} | firing: there is no payload.event_value",
                "grafana      | {} | alerts: expected a list, found nothing",
                "alertmanager | {\"version\": \"1\"} | version: expected \"4\", found \"1\"; Grafana sends that: write kind: grafana",
                "sns          | {\"AlarmName\": \"x\", \"NewStateValue\": \"ALARM\"} | Type: expected text, found none; is this an SNS message, and is raw message delivery switched off in its subscription?",
                "pagerduty    | {\"messages\": []} | event: expected an object, found nothing; is this a PagerDuty webhook of version 3?",
            })
    void whatCannotBeReadIsSaidWithItsPlace(String kind, String body, String why) {
        assertThat(refused(kind, body)).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alertmanager | \"version\": \"4\", | `alerts[1].labels.service: expected text, found a list`",
                "grafana      | `` | `alerts[1].labels.service: expected text, found a list`",
            })
    void theAlertsBesideOneThatCannotBeReadAreRead(String kind, String version, String why) {
        Notification read = taken(kind, """
                {%s "alerts": [
                  {"status": "firing", "labels": {"alertname": "A"}, "startsAt": "2026-11-30T20:00:00Z"},
                  {"status": "firing", "labels": {"alertname": "B", "service": ["s3cr3t"]}, "startsAt": "2026-11-30T20:00:00Z"},
                  {"status": "firing", "labels": {"alertname": "C"}, "startsAt": "2026-11-30T20:00:00Z"}]}""".formatted(version));

        assertThat(read.alerts()).extracting(item -> item.alert().name()).containsExactly("A", "C");
        assertThat(read.refused()).containsExactly(new Notification.Unread(1, why));
    }

    @Test
    void anAlertOfGrafanasKeepsItsOwnLinksWhenOneBeforeItCannotBeRead() {
        Notification read = taken("grafana", """
                {"alerts": [
                  {"status": "firing", "labels": {"alertname": "A"}, "startsAt": "2026-11-30T20:00:00Z", "panelURL": 7},
                  {"status": "firing", "labels": {"alertname": "B"}, "startsAt": "2026-11-30T20:00:00Z", "panelURL": "http://g/b"}]}""");

        assertThat(read.alerts()).hasSize(1);
        assertThat(read.alerts().getFirst().alert().annotations()).containsEntry("panelURL", "http://g/b");
        assertThat(read.refused())
                .containsExactly(new Notification.Unread(0, "alerts[0].panelURL: expected text, found a number"));
    }

    @Test
    void aMappingReadsTheAlertsBesideOneThatItCannotRead() {
        Notification read = taken("generic", """
                {"alerts": [{"severity": "critical"}, {"title": "x"}, {"title": "y", "starts_at": "hunter2hunter2"}, 7]}""");

        assertThat(read.alerts()).extracting(item -> item.alert().name()).containsExactly("x");
        assertThat(read.refused())
                .extracting(Notification.Unread::alert)
                .as("counted in the delivery, from 0")
                .containsExactly(0, 2, 3);
        assertThat(read.refused().get(1).why())
                .isEqualTo(
                        "at of alerts[2]: expected a time like 2026-01-31T02:00:00Z, or seconds or milliseconds since 1970");
    }

    @Test
    void whatIsSaidOfAnAlertBesideOthersHoldsNothingThatItSaid() {
        String secret = "hunter2hunter2";
        Notification read = taken("alertmanager", """
                {"version": "4", "alerts": [
                  {"status": "firing", "labels": {"alertname": "A"}, "startsAt": "2026-11-30T20:00:00Z"},
                  {"status": "%1$s", "labels": {"alertname": "B"}, "startsAt": "2026-11-30T20:00:00Z"},
                  {"status": "firing", "labels": {"alertname": "C"}, "startsAt": "%1$s"},
                  {"status": "firing", "labels": {"password=%1$s": 7}, "startsAt": "2026-11-30T20:00:00Z"},
                  "%1$s"]}""".formatted(secret));

        assertThat(read.refused()).hasSize(4).noneMatch(one -> one.why().contains(secret));
        assertThat(read.refused())
                .containsExactly(
                        new Notification.Unread(1, "alerts[1].status: expected \"firing\" or \"resolved\""),
                        new Notification.Unread(2, "alerts[2].startsAt: expected a time like 2026-01-31T02:00:00Z"),
                        new Notification.Unread(3, "alerts[3].labels.?: expected text, found a number"),
                        new Notification.Unread(4, "alerts[4]: expected an object, found text"));
    }

    @Test
    void textThatIsNoUtf8IsRefusedWithItsPlace() {
        byte[] body = "{\"title\": \"a?\"}".getBytes(StandardCharsets.UTF_8);
        body[12] = (byte) 0xff;
        for (String kind : List.of("generic", "alertmanager")) {
            Receiver.Outcome outcome = Receivers.ofKind(kind).orElseThrow().read(new Delivery(Map.of(), body, NOW));
            assertThat(((Receiver.Outcome.Refused) outcome).refusal().why())
                    .isEqualTo("not readable as JSON at line 1, column 14: Invalid UTF-8 start byte 0xff");
        }
    }
}
