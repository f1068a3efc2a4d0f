package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a server says of itself: to probes, to viewers, and to Prometheus. */
class HealthIT {
    private static final String RUNBOOK = """
            runbook: quick
            title: Something is odd
            symptom: ${{ inputs.service }} is odd
            triggers:
              - matchers: ['alertname="Odd"']
            inputs:
              service: {type: string, from: alert.labels.service}
            hypotheses:
              anything: {claim: Anything, remedy: Look.}
            steps:
              look:
                host_command: {run: [echo, fine]}
                findings:
                  fine: {when: 'stdout.contains("fine")', supports: {anything: weak}}
              read:
                log_query: {query: 'error', source: there}
                findings:
                  errors: {when: 'count > 0', supports: {anything: weak}}
            """;

    private static final String MANY = """
            runbook: many
            title: Many looks at a source that is down
            symptom: it is odd
            hypotheses:
              anything: {claim: Anything}
            steps:
              read:
                for_each: 'range(30)'
                metric_check: {query: 'up', source: gone}
                findings:
                  up: {when: 'size(series) > 0', supports: {anything: weak}}
            """.replace(
            "range(30)",
            IntStream.range(0, 30).mapToObj(i -> "\"" + i + "\"").toList().toString());

    @TempDir
    Path folder;

    private RunningServer server(String more) throws Exception {
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/quick.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("books/many.yaml"), MANY);
        Files.writeString(folder.resolve("app.log"), "2026-01-01T00:00:00Z error one\n");
        return new RunningServer(folder, """
                receivers:
                  open: {kind: generic, auth: none}
                runbooks: [books]
                sources:
                  there: {kind: files, paths: ['*.log'], format: auto}
                  gone: {kind: prometheus, url: 'http://127.0.0.1:1'}
                """ + more, Map.of());
    }

    private static JsonNode health(RunningServer server, String group) throws Exception {
        return server.get("/actuator/health" + group, RunningServer.ADMIN).json();
    }

    private static JsonNode sources(RunningServer server) throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !health(server, "").toString().contains("UNKNOWN"));
        return health(server, "").path("components").path("sources");
    }

    @Test
    void aSourceThatIsDownIsShownAndDoesNotMakeTheServerUnready() throws Exception {
        try (RunningServer server = server("")) {
            JsonNode sources = sources(server);
            assertThat(sources.path("status").asString()).isEqualTo("DEGRADED");
            assertThat(sources.path("details").path("there").path("status").asString())
                    .isEqualTo("UP");
            JsonNode gone = sources.path("details").path("gone");
            assertThat(gone.path("status").asString()).isEqualTo("DOWN");
            assertThat(gone.path("kind").asString()).isEqualTo("prometheus");
            assertThat(gone.path("why").asString()).contains("127.0.0.1:1");
            RunningServer.Answer ready = server.send("GET", "/actuator/health/readiness", "", Map.of());
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().path("status").asString()).isEqualTo("DEGRADED");
        }
    }

    @Test
    void aRequiredSourceThatIsDownDoesAndNothingRestartsTheServerForIt() throws Exception {
        try (RunningServer server = server("health: {required_sources: [gone]}\n")) {
            sources(server);
            assertThat(server.send("GET", "/actuator/health/readiness", "", Map.of())
                            .status())
                    .isEqualTo(503);
            assertThat(server.send("GET", "/actuator/health/liveness", "", Map.of())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoHasNoTokenIsToldNoMoreThanTheStatus() throws Exception {
        try (RunningServer server = server("")) {
            sources(server);
            for (String group : List.of("", "/readiness", "/liveness")) {
                RunningServer.Answer open = server.send("GET", "/actuator/health" + group, "", Map.of());
                assertThat(open.body())
                        .doesNotContain("127.0.0.1")
                        .doesNotContain("details")
                        .doesNotContain("components");
                RunningServer.Answer wrong = server.get("/actuator/health" + group, "wrong");
                assertThat(wrong.body()).doesNotContain("127.0.0.1").doesNotContain("components");
            }
            JsonNode parts = health(server, "/readiness").path("components");
            assertThat(parts.propertyNames())
                    .contains("database", "disk", "queue", "clock", "sources", "readinessState");
            assertThat(parts.path("database").path("details").path("kind").asString())
                    .isEqualTo("SQLite");
            assertThat(parts.path("disk").path("details").path("free").asString())
                    .isNotBlank();
            assertThat(parts.path("queue")
                            .path("details")
                            .path("writesThatMayWait")
                            .asInt())
                    .isPositive();
        }
    }

    @Test
    void aSourceThatFailsAgainAndAgainIsLeftAloneAndThatIsShown() throws Exception {
        try (RunningServer server = server("")) {
            String id = server.post(
                            "/api/investigations",
                            "{\"runbook\": \"many\"}",
                            Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                    .json()
                    .path("id")
                    .asString();
            String summary = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> server.get("/api/investigations/" + id, RunningServer.ADMIN)
                                    .json(),
                            json -> json.path("endedAt").isString())
                    .toString();
            assertThat(summary)
                    .contains("gone (http://127.0.0.1:1): connection refused")
                    .doesNotContain("source gone: not asked, \"")
                    .containsPattern(
                            "source gone: not asked, it failed 1\\d times in the last minute; tried again at 20");
            assertThat(sources(server)
                            .path("details")
                            .path("gone")
                            .path("steps")
                            .asString())
                    .startsWith("do not ask it: it failed ");
            assertThat(metrics(server))
                    .contains("whydunit_source_left_alone{source=\"gone\"} 1.0")
                    .contains("whydunit_source_left_alone{source=\"there\"} 0.0")
                    .containsPattern("whydunit_source_not_asked_total\\{source=\"gone\"\\} [1-9]");
        }
    }

    private static String metrics(RunningServer server) throws Exception {
        return server.get("/actuator/prometheus", RunningServer.ADMIN).body();
    }

    @Test
    void everythingThatIsToBeWatchedIsMeasured() throws Exception {
        try (RunningServer server = server("")) {
            String alert =
                    "{\"id\": \"%s\", \"title\": \"Odd\", \"service\": \"mail\", \"starts_at\": \"2026-01-31T02:00:00Z\"}";
            server.post("/webhooks/open", alert.formatted("a"), Map.of());
            server.post("/webhooks/open", alert.formatted("a"), Map.of());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> metrics(server).contains("whydunit_alert_to_verdict_seconds_count 1"));
            assertThat(metrics(server))
                    .containsPattern("whydunit_deliveries_total\\{receiver=\"open\",status=\"202\"\\} 2")
                    .containsPattern("whydunit_alerts_total\\{receiver=\"open\"\\} 2")
                    .containsPattern("whydunit_alerts_deduplicated_total\\{receiver=\"open\"\\} 1")
                    .containsPattern(
                            "whydunit_step_seconds_count\\{kind=\"host_command\",source=\"\",status=\"ended\"\\} 1")
                    .containsPattern(
                            "whydunit_step_seconds_count\\{kind=\"log_query\",source=\"there\",status=\"ended\"\\} 1")
                    .containsPattern("whydunit_step_seconds_bucket\\{kind=\"log_query\".*le=\"10.0\"\\} 1")
                    .containsPattern("whydunit_alert_to_verdict_seconds_bucket\\{le=\"60.0\"\\} 1")
                    .containsPattern("whydunit_investigations_ended_total\\{verdict=\"[a-z_]+\"\\} 1")
                    .containsPattern("whydunit_investigations_running 0")
                    .containsPattern("whydunit_writes_waiting ")
                    .containsPattern("whydunit_queue\\{work=\"investigate\"\\} ")
                    .containsPattern("whydunit_queue\\{work=\"triage\"\\} ");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> metrics(server).contains("whydunit_incidents{status=\"open\"} 1")
                            && metrics(server).contains("whydunit_incidents_opened_total 1"));
        }
    }
}
