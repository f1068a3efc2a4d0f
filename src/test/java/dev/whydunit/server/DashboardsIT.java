package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is handed to those who operate a server fits the server. */
class DashboardsIT {
    private static final Pattern METRIC = Pattern.compile("\\b(?:whydunit|jvm)_[a-z_]+");

    private static final Pattern PROBE = Pattern.compile("httpGet: \\{path: ([^,]+),");
    private static final String CONFIGURATION = """
            receivers: {open: {kind: generic, auth: none}}
            notifications: {channels: {team: {kind: teams, url: 'env:TEAMS'}}}
            """;

    @Test
    void everyMetricOfTheDashboardAndTheRulesExistsAndEveryProbeIsAnswered(@TempDir Path folder) throws Exception {
        String dashboard = Files.readString(Path.of("docs/operations/grafana-dashboard.json"));
        assertThat(new JsonMapper().readTree(dashboard).path("panels").size()).isGreaterThan(5);
        Set<String> named = new TreeSet<>();
        Matcher matcher =
                METRIC.matcher(dashboard + Files.readString(Path.of("docs/operations/prometheus-rules.yaml")));
        while (matcher.find()) {
            named.add(matcher.group());
        }
        assertThat(named).hasSizeGreaterThan(8);
        try (RunningServer server = new RunningServer(folder, CONFIGURATION, Map.of())) {
            Matcher probe = PROBE.matcher(Files.readString(Path.of("deploy/kubernetes.yaml")));
            int probes = 0;
            while (probe.find()) {
                assertThat(server.send("GET", probe.group(1), "", Map.of()).status())
                        .as(probe.group())
                        .isEqualTo(200);
                probes++;
            }
            assertThat(probes).isEqualTo(3);
            server.post("/webhooks/open", "{\"title\": \"Odd\", \"service\": \"mail\"}", Map.of());
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                String exposed =
                        server.get("/actuator/prometheus", RunningServer.ADMIN).body();
                assertThat(named)
                        .allMatch(name -> exposed.contains(name + "{") || exposed.contains(name + " "), "is exposed");
            });
        }
    }

    @Test
    void prometheusTakesTheRules() throws Exception {
        checked("promtool", "prometheus", "promtool", "check", "rules", "docs/operations/prometheus-rules.yaml");
    }

    @Test
    void systemdTakesTheUnit(@TempDir Path folder) throws Exception {
        // The program that it starts is not installed here, which is all that may be said against it.
        Path unit = folder.resolve("whydunit.service");
        Files.writeString(
                unit,
                Files.readString(Path.of("deploy/whydunit.service")).replace("/opt/jdk-25/bin/java", "/bin/true"));
        if (Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
            checked("systemd-analyze", "systemd", "systemd-analyze", "verify", unit.toString());
            // In tenths of systemd's scale from 0, locked up, to 10, open.
            checked(
                    "systemd-analyze",
                    "systemd",
                    "systemd-analyze",
                    "security",
                    "--offline=yes",
                    "--no-pager",
                    "--threshold=25",
                    unit.toString());
        } else {
            assertThat(Files.readString(unit)).contains("NoNewPrivileges=yes", "CapabilityBoundingSet=CAP_NET_RAW\n");
        }
    }

    private static void checked(String program, String debian, String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (java.io.IOException e) {
            throw new AssertionError(program + " is not installed; apt-get install " + debian, e);
        }
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
