package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.app.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forty services need one that is on another machine. The switch's port to that machine is set to a smaller MTU: whatever fills a packet is
 * lost without a word, the services fail, Prometheus' rules fire 2,000 alerts, Alertmanager delivers them. With
 * {@code -Dwhydunit.storm=60} they take a minute to come.
 */
class StormIT {
    private static final int SERVICES = 40;
    private static final int ENDPOINTS = 50;
    private static final int SECONDS = Integer.getInteger("whydunit.storm", 12);
    private static final int FIRST_PORT = 9_101;
    private static final String SERVER = "http://127.0.0.1:8080";

    @TempDir
    private Path folder;

    @Test
    void oneSettingOfTheNetworkBreaksFortyServices() throws Exception {
        try (StormNetwork network = new StormNetwork()) {
            begin(network);
            long broken = System.nanoTime();
            network.portTakes(900);

            await().atMost(Duration.ofSeconds(SECONDS + 90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> alertsOf(incidents(network)) == SERVICES * ENDPOINTS);
            double stored = (System.nanoTime() - broken) / 1e9;
            List<JsonNode> incidents = incidents(network);
            assertThat(incidents).hasSize(1);
            String id = incidents.getFirst().path("id").asString();
            assertThat(incidents.getFirst().path("origin").asString()).isEqualTo("ledger");
            assertThat(incidents.getFirst().path("services")).hasSize(SERVICES);

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> allEnded(json(network.get(SERVER + "/api/incidents/" + id))));
            JsonNode investigations =
                    json(network.get(SERVER + "/api/incidents/" + id)).path("investigations");
            assertThat(investigations.size()).isBetween(1, 4);
            List<String> verdicts = new ArrayList<>();
            for (JsonNode investigation : investigations) {
                JsonNode summary = json(network.get(SERVER + "/api/investigations/"
                        + investigation.path("id").asString()));
                verdicts.add(investigation.path("runbook").asString() + " at "
                        + summary.path("inputs").path("service").asString() + ": "
                        + investigation.path("status").asString() + " "
                        + investigation.path("path").asString());
            }
            System.out.printf(
                    Locale.ROOT,
                    "storm: %d alerts stored %.1f s after the setting was changed; %d incident, %s%n",
                    SERVICES * ENDPOINTS,
                    stored,
                    incidents.size(),
                    verdicts);
            assertThat(verdicts).contains("triage at ledger: concluded network.mtu");

            Set<String> fingerprints = new HashSet<>();
            JsonNode alerts = json(network.get(SERVER + "/api/incidents/" + id + "/alerts?limit=10000"));
            alerts.forEach(alert -> fingerprints.add(alert.path("fingerprint").asString()));
            assertThat(fingerprints).hasSize(SERVICES * ENDPOINTS);

            network.portTakes(1_500);
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> incidents(network)
                            .getFirst()
                            .path("status")
                            .asString()
                            .equals("resolved"));
            assertThat(incidents(network)).hasSize(1);
        }
    }

    private static int alertsOf(List<JsonNode> incidents) {
        return incidents.stream()
                .mapToInt(incident -> incident.path("alerts").asInt())
                .sum();
    }

    private static boolean allEnded(JsonNode incident) {
        JsonNode investigations = incident.path("investigations");
        boolean ended = investigations.size() > 0;
        for (JsonNode investigation : investigations) {
            ended &= !investigation.path("endedAt").isNull();
        }
        return ended;
    }

    private static List<JsonNode> incidents(StormNetwork network) {
        List<JsonNode> incidents = new ArrayList<>();
        json(network.get(SERVER + "/api/incidents")).forEach(incidents::add);
        return incidents;
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text.isEmpty() ? "[]" : text);
        } catch (JacksonException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    /** Everything runs and all is well. */
    private void begin(StormNetwork network) throws Exception {
        network.startBelow(folder.resolve("ledger.log"), java("ledger", "8080"));
        network.startAtApps(
                folder.resolve("services.log"),
                java(
                        "services",
                        Integer.toString(FIRST_PORT),
                        Integer.toString(SERVICES),
                        Integer.toString(ENDPOINTS),
                        StormNetwork.BELOW,
                        "8080"));
        write("rules.yml", rules());
        write("prometheus.yml", prometheus());
        write("alertmanager.yml", """
                route: {receiver: whydunit, group_by: [service], group_wait: 1s, group_interval: 2s, repeat_interval: 1h}
                receivers:
                  - name: whydunit
                    webhook_configs:
                      - url: http://127.0.0.1:8080/webhooks/am
                        http_config: {authorization: {credentials: from alertmanager}}
                """);
        write("whydunit.yaml", configuration());
        Path said = folder.resolve("serve.log");
        List<String> serve = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        serve.addAll(List.of(
                "serve",
                "--config",
                folder.resolve("whydunit.yaml").toString(),
                "--state",
                folder.resolve("state").toString(),
                "--port",
                "8080"));
        Process server = network.startAtApps(said, serve.toArray(String[]::new));
        network.startAtApps(
                folder.resolve("alertmanager.log"),
                "prometheus-alertmanager",
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:9093",
                "--cluster.listen-address=",
                "--log.level=warn");
        network.startAtApps(
                folder.resolve("prometheus.log"),
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:9090",
                "--log.level=warn");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                server.isAlive() && StormNetwork.said(said).contains("ready on"))
                        .as(StormNetwork.said(said))
                        .isTrue());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(
                                network.get("http://127.0.0.1:9090/api/v1/query?query=count(endpoint_fails%20==%200)"))
                        .as(() -> StormNetwork.said(folder.resolve("prometheus.log"))
                                + StormNetwork.said(folder.resolve("services.log")))
                        .contains("\"" + SERVICES * ENDPOINTS + "\""));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> network.get("http://127.0.0.1:9093/-/ready").contains("OK"));
        assertThat(incidents(network)).isEmpty();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private static String[] java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StormServices.class.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /** Ten rules, one for each tenth of the endpoints; each waits longer than the one before. */
    private static String rules() {
        StringBuilder rules = new StringBuilder("groups:\n  - name: storm\n    interval: 1s\n    rules:\n");
        for (int turn = 0; turn < 10; turn++) {
            rules.append(
                    "      - {alert: EndpointFails, expr: 'endpoint_fails{turn=\"%d\"} == 1', for: %ds, labels: {severity: critical}}%n"
                            .formatted(turn, 1 + turn * SECONDS / 10));
        }
        return rules.toString();
    }

    private static String prometheus() {
        StringBuilder text = new StringBuilder("""
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:9093']}]}]}
                scrape_configs:
                  - job_name: shop
                    static_configs:
                """);
        for (int i = 0; i < SERVICES; i++) {
            text.append("      - {targets: ['127.0.0.1:%d'], labels: {service: s%d}}%n".formatted(FIRST_PORT + i, i));
        }
        return text.toString();
    }

    private static String configuration() {
        StringBuilder text = new StringBuilder("""
                receivers:
                  am: {kind: alertmanager, auth: {bearer: 'env:AM_TOKEN'}}
                sources:
                  prom: {kind: prometheus, url: 'http://127.0.0.1:9090'}
                services:
                  ledger: {tier: 1, owner: team-ledger, health: 'http://%1$s:8080/health', host: %1$s, interface: veth0}
                """.formatted(StormNetwork.BELOW));
        for (int i = 0; i < SERVICES; i++) {
            text.append("  s%d: {tier: %d, depends_on: [%s]}%n"
                    .formatted(i, 1 + i % 4, i % 5 == 4 ? "s" + (i - 1) : "ledger"));
        }
        return text.toString();
    }
}
