package dev.whydunit.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;
import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ReceiversTest {
    private static final Instant NOW = Instant.parse("2026-01-31T02:00:00Z");
    private static final String ALERTMANAGER = """
            {"version": "4", "groupKey": "g", "truncatedAlerts": 3, "alerts": [
              {"status": "firing", "labels": {"alertname": "Slow", "service": "shop"}, "annotations": {},
               "startsAt": "2026-01-31T01:58:00Z", "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "ab12"}]}""";

    private final Map<String, String> secrets = new HashMap<>(Map.of("env:A", "tiger's eye", "env:B", "second"));
    private CertificateSource certificates = address -> {
        throw new GeneralSecurityException("no certificate at " + address);
    };

    private final SourceEnvironment environment = new SourceEnvironment() {
        @Override
        public String secret(String reference) {
            if (!secrets.containsKey(reference)) {
                throw new IllegalArgumentException("no secret " + reference);
            }
            return secrets.get(reference);
        }

        @Override
        public Path resolve(String path) {
            return Path.of(path);
        }
    };

    private Receivers.Loaded load(String yaml) {
        YamlNode.Mapping root =
                (YamlNode.Mapping) YamlReader.read("whydunit.yaml", yaml).root().orElseThrow();
        Map<String, YamlNode> nodes = new LinkedHashMap<>();
        root.entries().forEach(entry -> nodes.put(entry.name(), entry.value()));
        return Receivers.read(nodes, environment, certificates);
    }

    private Receiver receiver(String yaml) {
        Receivers.Loaded loaded = load("it: " + yaml);
        assertThat(loaded.problems()).isEmpty();
        return loaded.receivers().get("it");
    }

    private static Delivery delivery(String body, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new Delivery(map, body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static Notification read(Receiver.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Receiver.Outcome.Read.class);
        return ((Receiver.Outcome.Read) outcome).notification();
    }

    private static int refused(Receiver.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Receiver.Outcome.Refused.class);
        return ((Receiver.Outcome.Refused) outcome).refusal().status();
    }

    private static String hex(String secret, String signed) {
        return HexFormat.of()
                .formatHex(SharedSecrets.hmac(
                        secret.getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aBearerTokenOpensTheDoorAndNothingElseDoes() {
        Receiver receiver = receiver("{kind: alertmanager, auth: {bearer: 'env:A'}}");
        Notification notification =
                read(receiver.receive(delivery(ALERTMANAGER, "authorization", "Bearer tiger's eye")));
        assertThat(notification.alerts()).hasSize(1);
        assertThat(notification.alerts().getFirst().alert().name()).isEqualTo("Slow");
        assertThat(notification.notes()).containsExactly("the sender left out 3 more alerts of the group");
        assertThat(receiver.open()).isFalse();
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER)))).isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Bearer tiger's ey"))))
                .isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Basic tiger's eye"))))
                .isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Bearer "))))
                .isEqualTo(401);
    }

    @Test
    void nothingIsParsedBeforeTheSenderIsKnown() {
        Receiver receiver = receiver("{kind: alertmanager, auth: {bearer: 'env:A'}}");
        assertThat(refused(receiver.receive(delivery("{{{ not JSON", "Authorization", "Bearer x"))))
                .isEqualTo(401);
        assertThat(refused(receiver.receive(delivery("{{{ not JSON", "Authorization", "Bearer tiger's eye"))))
                .isEqualTo(400);
    }

    @Test
    void whileASecretIsBeingChangedBothCount() {
        Receiver receiver = receiver("{kind: alertmanager, auth: {bearer: ['env:A', 'env:B']}}");
        read(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Bearer tiger's eye")));
        read(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Bearer second")));
        secrets.put("env:B", "third");
        read(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Bearer third")));
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Bearer second"))))
                .isEqualTo(401);
    }

    @Test
    void basicAuthenticationNeedsUserAndPassword() {
        Receiver receiver = receiver("{kind: alertmanager, auth: {basic: {user: am, password: 'env:B'}}}");
        assertThat(read(receiver.receive(delivery(ALERTMANAGER, "Authorization", basic("am:second"))))
                        .alerts())
                .hasSize(1);
        for (String wrong : List.of("am:", "am:third", "other:second", "second", ":second")) {
            assertThat(refused(receiver.receive(delivery(ALERTMANAGER, "Authorization", basic(wrong)))))
                    .as(wrong)
                    .isEqualTo(401);
        }
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, "Authorization", "Basic %%%"))))
                .isEqualTo(401);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void grafanasSignatureIsOverTheRawBody() {
        Receiver receiver = receiver("{kind: grafana, auth: {signature: 'env:A'}}");
        String body = ALERTMANAGER.replace(
                "\"fingerprint\"", "\"values\": {\"A\": 1.5}, \"panelURL\": \"http://g/p\", \"fingerprint\"");
        String header = "X-Grafana-Alerting-Signature";
        Alert alert = read(receiver.receive(delivery(body, header, hex("tiger's eye", body))))
                .alerts()
                .getFirst()
                .alert();
        assertThat(alert.annotations()).containsEntry("panelURL", "http://g/p").containsEntry("value_A", "1.5");
        assertThat(refused(receiver.receive(delivery(body + " ", header, hex("tiger's eye", body)))))
                .isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(body, header, "zz")))).isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(body)))).isEqualTo(401);
    }

    @Test
    void grafanasTimeIsSignedAndMustBeRecent() {
        Receiver receiver =
                receiver("{kind: grafana, auth: {signature: {secret: 'env:A', timestamp_header: X-Time, window: 2m}}}");
        String header = "X-Grafana-Alerting-Signature";
        String now = Long.toString(NOW.getEpochSecond());
        String signature = hex("tiger's eye", now + ":" + ALERTMANAGER);
        read(receiver.receive(delivery(ALERTMANAGER, header, signature, "X-Time", now)));
        String other = Long.toString(NOW.getEpochSecond() + 1);
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, header, signature, "X-Time", other))))
                .isEqualTo(401);
        String old = Long.toString(NOW.getEpochSecond() - 121);
        assertThat(refused(receiver.receive(
                        delivery(ALERTMANAGER, header, hex("tiger's eye", old + ":" + ALERTMANAGER), "X-Time", old))))
                .isEqualTo(401);
        assertThat(refused(
                        receiver.receive(delivery(ALERTMANAGER, header, signature, "X-Time", "99999999999999999999"))))
                .isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(ALERTMANAGER, header, signature))))
                .isEqualTo(401);
    }

    private static final String PAGERDUTY = """
            {"event": {"id": "01E", "event_type": "incident.triggered", "occurred_at": "2026-01-31T01:59:00.123Z",
             "data": {"id": "PINC", "title": "Shop is slow", "urgency": "high", "html_url": "https://pd/PINC",
                      "service": {"id": "PS", "summary": "shop"}}}}""";

    @Test
    void anyOfPagerDutysSignaturesMayMatch() {
        Receiver receiver = receiver("{kind: pagerduty, auth: {signature: 'env:A'}}");
        String header = "X-PagerDuty-Signature";
        String good = "v1=" + hex("tiger's eye", PAGERDUTY);
        Notification.Item item = read(receiver.receive(delivery(PAGERDUTY, header, "v1=00ff," + good)))
                .alerts()
                .getFirst();
        assertThat(item.event()).isEqualTo("01E");
        assertThat(item.alert().labels())
                .containsEntry("alertname", "Shop is slow")
                .containsEntry("service", "shop")
                .containsEntry("severity", "critical");
        assertThat(refused(receiver.receive(delivery(PAGERDUTY, header, good.replace("v1=", "v2=")))))
                .isEqualTo(401);
    }

    @Test
    void pagerDutysEndHasTheFingerprintOfItsBeginning() {
        Receiver receiver = receiver("{kind: pagerduty, auth: none}");
        Alert began =
                read(receiver.receive(delivery(PAGERDUTY))).alerts().getFirst().alert();
        Alert ended = read(receiver.receive(
                        delivery(PAGERDUTY.replace("triggered", "resolved").replace("01E", "02E"))))
                .alerts()
                .getFirst()
                .alert();
        assertThat(ended.status()).isEqualTo(Alert.Status.RESOLVED);
        assertThat(ended.fingerprint()).isEqualTo(began.fingerprint());
        Notification other = read(receiver.receive(delivery(PAGERDUTY.replace("triggered", "acknowledged"))));
        assertThat(other.alerts()).isEmpty();
        assertThat(other.notes()).containsExactly("passed over: incident.acknowledged");
    }

    @Test
    void datadogsTemplateIsRead() {
        Receiver receiver = receiver("{kind: datadog, auth: {header: {name: X-Secret, secret: 'env:B'}}}");
        String body = """
                {"id": "77", "cycle_key": "c1", "transition": "Triggered", "title": "p95 high", "message": "m",
                 "tags": "service:shop,env:prod,lonely", "priority": "P1", "date": "1769824740000", "link": "https://dd/77"}""";
        Notification.Item item = read(receiver.receive(delivery(body, "x-secret", "second")))
                .alerts()
                .getFirst();
        assertThat(item.event()).isEqualTo("77|Triggered|c1");
        assertThat(item.alert().labels()).containsEntry("service", "shop").containsEntry("env", "prod");
        assertThat(item.alert().startsAt()).isEqualTo(Instant.ofEpochMilli(1769824740000L));
        Alert recovered = read(receiver.receive(delivery(body.replace("Triggered", "Recovered"), "x-secret", "second")))
                .alerts()
                .getFirst()
                .alert();
        assertThat(recovered.status()).isEqualTo(Alert.Status.RESOLVED);
        assertThat(recovered.fingerprint()).isEqualTo(item.alert().fingerprint());
        assertThat(refused(receiver.receive(delivery(body, "x-secret", "Second"))))
                .isEqualTo(401);
    }

    private Map<String, String> sns(KeyPair keys, String version) throws GeneralSecurityException {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("Type", "Notification");
        message.put("MessageId", "m-1");
        message.put("TopicArn", "arn:aws:sns:eu-central-1:123456789012:alarms");
        message.put("Subject", "ALARM");
        message.put(
                "Message",
                "{\"AlarmName\":\"shop-slow\",\"NewStateValue\":\"ALARM\",\"NewStateReason\":\"crossed\","
                        + "\"StateChangeTime\":\"2026-01-31T01:59:00.000+0000\",\"Region\":\"EU (Frankfurt)\",\"AWSAccountId\":\"123456789012\","
                        + "\"Trigger\":{\"MetricName\":\"Latency\",\"Namespace\":\"Shop\",\"Dimensions\":[{\"name\":\"service\",\"value\":\"shop\"}]}}");
        message.put("Timestamp", "2026-01-31T01:59:01.000Z");
        message.put("SignatureVersion", version);
        message.put("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem");
        StringBuilder signed = new StringBuilder();
        for (String field : List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")) {
            signed.append(field).append('\n').append(message.get(field)).append('\n');
        }
        Signature signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        message.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void amazonsSignatureIsChecked(String version) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        certificates = address -> new KeyOnlyCertificate(keys.getPublic());
        Receiver receiver = receiver("{kind: sns, auth: {topics: ['arn:aws:sns:eu-central-1:123456789012:alarms']}}");
        Map<String, String> message = sns(keys, version);
        Notification.Item item =
                read(receiver.receive(delivery(json(message)))).alerts().getFirst();
        assertThat(item.event()).isEqualTo("m-1");
        assertThat(item.alert().startsAt()).isEqualTo(Instant.parse("2026-01-31T01:59:00Z"));
        assertThat(item.alert().labels())
                .containsEntry("alertname", "shop-slow")
                .containsEntry("service", "shop");

        message.put("Message", message.get("Message").replace("shop-slow", "shop-fast"));
        assertThat(refused(receiver.receive(delivery(json(message))))).isEqualTo(401);
        message = sns(keys, version);
        message.put("TopicArn", "arn:aws:sns:eu-central-1:999999999999:alarms");
        assertThat(refused(receiver.receive(delivery(json(message))))).isEqualTo(403);
    }

    @Test
    void aMessageThatWasDeliveredRawIsRefusedWithWhatToDo() {
        Receiver receiver = receiver("{kind: sns, auth: {topics: ['arn:aws:sns:eu-central-1:123456789012:alarms']}}");
        String raw = "{\"AlarmName\": \"shop-slow\", \"NewStateValue\": \"ALARM\"}";
        assertThat(why(receiver.receive(delivery(
                        raw,
                        "x-amz-sns-rawdelivery",
                        "true",
                        "x-amz-sns-topic-arn",
                        "arn:aws:sns:eu-central-1:123456789012:alarms"))))
                .startsWith(
                        "401 not authenticated: a message that is delivered raw has no signature; switch raw message");
        assertThat(why(receiver.receive(delivery(raw))))
                .isEqualTo("403 TopicArn: expected text, found none; is this an SNS message?");
    }

    @Test
    void whileAmazonsCertificateCannotBeHadTheMessageIsToBeSentAgain() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        certificates = address -> {
            throw new CertificateSource.Unavailable("timeout: no answer");
        };
        Receiver receiver = receiver("{kind: sns, auth: {topics: ['arn:aws:sns:eu-central-1:123456789012:alarms']}}");
        assertThat(why(receiver.receive(delivery(json(sns(generator.generateKeyPair(), "2"))))))
                .startsWith("503 the certificate of the signature cannot be had from https://sns.eu-central-1");
    }

    private static String why(Receiver.Outcome outcome) {
        Refusal refusal = ((Receiver.Outcome.Refused) outcome).refusal();
        return refusal.status() + " " + refusal.why();
    }

    @Test
    void sentrysSignatureIsOverTheBody() {
        Receiver receiver = receiver("{kind: sentry, auth: {signature: 'env:A'}}");
        String body = "{\"action\": \"created\", \"data\": {\"installation\": {}}}";
        String header = "Sentry-Hook-Signature";
        assertThat(read(receiver.receive(delivery(body, header, hex("tiger's eye", body))))
                        .notes())
                .containsExactly("passed over: not news of an alert");
        assertThat(refused(receiver.receive(delivery(body, header, hex("other", body)))))
                .isEqualTo(401);
        assertThat(refused(receiver.receive(delivery(body)))).isEqualTo(401);
    }

    @Test
    void receiversKeepTheOrderOfTheFile() {
        assertThat(load("""
                        z: {kind: generic, auth: none}
                        a: {kind: generic, auth: none}
                        m: {kind: generic, auth: none}
                        """).receivers().keySet()).containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.eu-central-1.amazonaws.com/x.pem",
                "https://sns.eu-central-1.amazonaws.com.evil.example/x.pem",
                "https://sns.eu-central-1.amazonaws.com@evil.example/x.pem",
                "https://evil.example/sns.eu-central-1.amazonaws.com/x.pem",
                "https://sns.eu-central-1.amazonaws.com:8443/x.pem",
                "https://s3.eu-central-1.amazonaws.com/bucket/x.pem",
                "file:///etc/passwd",
                "not an address"
            })
    void aCertificateComesFromAmazonsHostAlone(String address) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        certificates = asked -> new KeyOnlyCertificate(keys.getPublic());
        Receiver receiver = receiver("{kind: sns, auth: {topics: ['arn:aws:sns:eu-central-1:123456789012:alarms']}}");
        Map<String, String> message = sns(keys, "2");
        message.put("SigningCertURL", address);
        assertThat(refused(receiver.receive(delivery(json(message))))).isEqualTo(401);
    }

    private static String json(Map<String, String> fields) {
        return new JsonMapper().writeValueAsString(fields);
    }

    @Test
    void standardWebhooksAreCheckedAsTheSpecificationSays() {
        secrets.put("env:A", "whsec_" + Base64.getEncoder().encodeToString("key".getBytes(StandardCharsets.UTF_8)));
        Receiver receiver = receiver("{kind: generic, auth: {standard_webhooks: 'env:A'}}");
        String body = "{\"title\": \"Shop is slow\", \"service\": \"shop\"}";
        String time = Long.toString(NOW.getEpochSecond() - 299);
        String signature = "v1,"
                + Base64.getEncoder()
                        .encodeToString(SharedSecrets.hmac(
                                "key".getBytes(StandardCharsets.UTF_8),
                                ("msg_1." + time + "." + body).getBytes(StandardCharsets.UTF_8)));
        Notification.Item item = read(receiver.receive(delivery(
                        body,
                        "webhook-id",
                        "msg_1",
                        "webhook-timestamp",
                        time,
                        "webhook-signature",
                        "v1,xx " + signature)))
                .alerts()
                .getFirst();
        assertThat(item.event()).startsWith("msg_1|");
        assertThat(item.alert().labels())
                .containsEntry("alertname", "Shop is slow")
                .containsEntry("service", "shop");
        assertThat(refused(receiver.receive(delivery(
                        body, "webhook-id", "msg_2", "webhook-timestamp", time, "webhook-signature", signature))))
                .isEqualTo(401);
    }

    @Test
    void aMappingReadsAnyJson() {
        Receiver receiver = receiver("""
                {kind: generic, auth: none, map: {
                  alerts: payload.items, firing: 'alert.state == "bad"', identity: 'string(alert.n)', at: alert.when,
                  labels: {alertname: alert.what, '*': alert.tags, absent: alert.nowhere}}}""");
        Notification notification = read(receiver.receive(delivery("""
                {"items": [
                  {"n": 1, "state": "bad", "what": "Slow ${{ 1 + 1 }}", "when": 1769824740, "tags": {"service": "shop", "n": 3}},
                  {"n": 2, "state": "good", "what": "Gone", "when": "2026-01-31T01:59:00+01:00"}]}""")));
        assertThat(notification.alerts()).hasSize(2);
        Alert first = notification.alerts().getFirst().alert();
        assertThat(first.labels())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("alertname", "Slow ${{ 1 + 1 }}", "service", "shop", "n", "3"));
        assertThat(first.startsAt()).isEqualTo(Instant.ofEpochSecond(1769824740));
        Alert second = notification.alerts().getLast().alert();
        assertThat(second.status()).isEqualTo(Alert.Status.RESOLVED);
        assertThat(second.startsAt()).isEqualTo(Instant.parse("2026-01-31T00:59:00Z"));
    }

    @Test
    void opsgenieZabbixAndSentryNeedNoMapping() {
        Alert opsgenie = read(receiver("{kind: opsgenie, auth: none}").receive(delivery("""
                {"action": "Create", "alert": {"alertId": "o1", "message": "Slow", "priority": "P1", "updatedAt": 1769824740000000000,
                 "entity": "shop", "details": {"env": "prod"}}}""")))
                .alerts()
                .getFirst()
                .alert();
        assertThat(opsgenie.labels())
                .containsEntry("service", "shop")
                .containsEntry("severity", "critical")
                .containsEntry("env", "prod");
        assertThat(opsgenie.startsAt()).isEqualTo(Instant.ofEpochMilli(1769824740000L));
        Alert zabbix = read(receiver("{kind: zabbix, auth: none}").receive(delivery("""
                {"event_id": "5", "event_value": "0", "trigger_id": "9", "trigger_name": "Slow", "host": "web1", "severity": "High",
                 "event_time": 1769824740}""")))
                .alerts()
                .getFirst()
                .alert();
        assertThat(zabbix.status()).isEqualTo(Alert.Status.RESOLVED);
        assertThat(zabbix.labels()).containsEntry("host", "web1");
        Notification.Item sentry = read(receiver("{kind: sentry, auth: none}")
                        .receive(delivery("""
                {"action": "triggered", "data": {"triggered_rule": "Errors", "event": {"issue_id": "42", "title": "NPE", "level": "error",
                 "web_url": "https://sentry/42", "project": 7}}}""", "Request-ID", "r1")))
                .alerts()
                .getFirst();
        assertThat(sentry.event()).isEqualTo("r1");
        assertThat(sentry.alert().annotations()).containsEntry("summary", "NPE");
    }

    @Test
    void theSameNewsHasTheSameEventAndOtherNewsAnother() {
        Receiver receiver = receiver("{kind: alertmanager, auth: none}");
        String event = read(receiver.receive(delivery(ALERTMANAGER)))
                .alerts()
                .getFirst()
                .event();
        assertThat(read(receiver.receive(delivery(ALERTMANAGER)))
                        .alerts()
                        .getFirst()
                        .event())
                .isEqualTo(event);
        Set<String> others = Set.of(
                ALERTMANAGER.replace("firing", "resolved"),
                ALERTMANAGER.replace("01:58", "01:57"),
                ALERTMANAGER.replace("ab12", "ab13"),
                ALERTMANAGER.replace("\"g\"", "\"h\""));
        for (String other : others) {
            assertThat(read(receiver.receive(delivery(other)))
                            .alerts()
                            .getFirst()
                            .event())
                    .isNotEqualTo(event);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: alertmanager}",
                "{kind: alertmanger, auth: none}",
                "{kind: alertmanager, auth: {bearer: []}}",
                "{kind: alertmanager, auth: {}}",
                "{kind: alertmanager, auth: nobody}",
                "{kind: alertmanager, auth: {bearer: 'env:A', header: {name: x, secret: 'env:B'}}}",
                "{kind: alertmanager, auth: {bearer: hunter2}}",
                "{kind: alertmanager, auth: {signature: 'env:A'}}",
                "{kind: sns, auth: none}",
                "{kind: sns, auth: {bearer: 'env:A'}}",
                "{kind: grafana, auth: none, map: {firing: 'true', identity: '\"a\"'}}",
                "{kind: generic, auth: none, map: {firing: 'payload.', identity: 'alrt.id'}}",
            })
    void aWrongReceiverIsAProblemAndNoDoor(String yaml) {
        Receivers.Loaded loaded = load("it: " + yaml);
        assertThat(loaded.problems()).isNotEmpty();
        assertThat(loaded.receivers()).isEmpty();
        assertThat(loaded.problems()).extracting(Problem::message).noneMatch(message -> message.contains("hunter2"));
    }

    @Test
    void aTooLargeBodyIsRefusedUnread() {
        Receiver receiver = receiver("{kind: alertmanager, auth: none}");
        assertThat(refused(receiver.receive(new Delivery(Map.of(), new byte[1_000_001], NOW))))
                .isEqualTo(413);
    }

    /** Nothing of it is read but the key and its time. */
    private static final class KeyOnlyCertificate extends X509Certificate {
        private final PublicKey key;

        KeyOnlyCertificate(PublicKey key) {
            this.key = key;
        }

        @Override
        public PublicKey getPublicKey() {
            return key;
        }

        @Override
        public void checkValidity() {
            assertThat(key).isNotNull();
        }

        @Override
        public void checkValidity(Date date) {
            assertThat(date).isNotNull();
        }

        @Override
        public int getVersion() {
            return 3;
        }

        @Override
        public BigInteger getSerialNumber() {
            return BigInteger.ONE;
        }

        @Override
        public Principal getIssuerDN() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Principal getSubjectDN() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Date getNotBefore() {
            return new Date(0);
        }

        @Override
        public Date getNotAfter() {
            return Date.from(NOW.plus(Duration.ofDays(10_000)));
        }

        @Override
        public byte[] getTBSCertificate() {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] getSignature() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getSigAlgName() {
            return "";
        }

        @Override
        public String getSigAlgOID() {
            return "";
        }

        @Override
        public byte[] getSigAlgParams() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean[] getIssuerUniqueID() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean[] getSubjectUniqueID() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean[] getKeyUsage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getBasicConstraints() {
            return -1;
        }

        @Override
        public byte[] getEncoded() {
            return key.getEncoded();
        }

        @Override
        public void verify(PublicKey publicKey) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void verify(PublicKey publicKey, String provider) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String toString() {
            return "a certificate";
        }

        @Override
        public Set<String> getCriticalExtensionOIDs() {
            return Set.of();
        }

        @Override
        public Set<String> getNonCriticalExtensionOIDs() {
            return Set.of();
        }

        @Override
        public byte[] getExtensionValue(String oid) {
            return new byte[0];
        }

        @Override
        public boolean hasUnsupportedCriticalExtension() {
            return false;
        }
    }
}
