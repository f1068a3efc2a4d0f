package dev.whydunit.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.whydunit.store.Statements.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an alert to the message: what arrives, how often, and after what failures. */
class NotificationsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
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
                  fine: {when: 'stdout.contains("fine")', says: 'It is fine', supports: {anything: conclusive}}
              gone:
                host_command: {run: [/does/not/exist]}
                always: true
                findings:
                  there: {when: 'stdout != ""', refutes: {anything: weak}}
            """;
    private static final String TELLS = """
            runbook: tells
            title: Somebody is told
            triggers:
              - matchers: ['alertname="Tell"']
            hypotheses:
              anything: {claim: Anything, remedy: Look.}
            steps:
              tell:
                notify: {channel: team, text: 'restart of ${{ alert.labels.service }} begins'}
                always: true
                findings:
                  told: {when: delivered, supports: {anything: conclusive}}
            """;

    @TempDir
    Path folder;

    private WireMockServer listener;

    @BeforeEach
    void start() throws IOException {
        listener = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        listener.start();
        listener.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(200)));
        listener.stubFor(post(urlEqualTo("/team")).willReturn(aResponse().withStatus(200)));
        listener.stubFor(
                post(urlEqualTo("/gone")).willReturn(aResponse().withStatus(404).withBody("no_service")));
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/quick.yaml"), RUNBOOK);
        Files.writeString(folder.resolve("books/tells.yaml"), TELLS);
    }

    @AfterEach
    void stop() {
        listener.stop();
    }

    private static String configuration(String hook, String more) {
        return """
                receivers:
                  open: {kind: generic, auth: none}
                runbooks: [books]
                """ + more + """
                notifications:
                  channels:
                    hook: {kind: webhook, url: '%s', secret: 'env:HOOK'}
                    team: {kind: slack, url: 'env:TEAM'}
                    gone: {kind: teams, url: 'env:GONE'}
                  routes:
                    - {when: [concluded, approval], channels: hook}
                    - {when: concluded, matchers: ['service="loud"'], channels: [team, gone]}
                """.formatted(hook);
    }

    private Map<String, String> secrets() {
        return Map.of(
                "HOOK",
                "a secret of the hook",
                "TEAM",
                listener.baseUrl() + "/team",
                "GONE",
                listener.baseUrl() + "/gone");
    }

    private static String alert(String title, String service, String id) {
        return "{\"id\": \"%s\", \"title\": \"%s\", \"service\": \"%s\"}".formatted(id, title, service);
    }

    private List<JsonNode> arrived(WireMockServer at) {
        return at.findAll(postRequestedFor(urlEqualTo("/hook"))).stream()
                .map(LoggedRequest::getBodyAsString)
                .map(JSON::readTree)
                .toList();
    }

    @Test
    void anAlertBecomesOneMessageForEachChannelAndVerdict() throws Exception {
        String yaml = configuration(listener.baseUrl() + "/hook", "public_url: https://whydunit.example.org/\n");
        try (RunningServer server = new RunningServer(folder, yaml, secrets())) {
            String incident = server.post("/webhooks/open", alert("Odd", "loud", "1"), Map.of())
                    .json()
                    .path("incident")
                    .asString();
            await().atMost(SOON).until(() -> notifications(server).size() == 3 && allEnded(notifications(server)));

            JsonNode data = arrived(listener).getFirst().path("data");
            assertThat(arrived(listener).getFirst().path("type").asString()).isEqualTo("whydunit.concluded");
            assertThat(data.path("title").asString()).isEqualTo("loud is odd");
            assertThat(data.path("evidence").get(0).asString()).startsWith("It is fine");
            assertThat(data.path("notChecked").get(0).asString()).startsWith("gone: ");
            assertThat(data.path("next").get(0).asString()).isEqualTo("Look.");
            assertThat(data.path("incident").asString()).isEqualTo(incident);
            assertThat(data.path("link").asString())
                    .isEqualTo("https://whydunit.example.org/investigations/"
                            + data.path("investigation").asString());
            JsonNode refused = named(notifications(server), "gone");
            assertThat(refused.path("state").asString()).isEqualTo("failed");
            assertThat(refused.path("attempts").asInt()).isEqualTo(1);
            assertThat(refused.path("said").asString()).isEqualTo("HTTP 404: no_service");
            assertThat(timeline(server, incident)).contains("told hook: concluded", "could not tell gone: concluded");

            // The same runbook comes to the same verdict of the same incident: nobody is told again.
            String id = data.path("investigation").asString();
            assertThat(server.post(
                                    "/api/investigations/" + id + "/redo",
                                    "{\"steps\": [\"look\"]}",
                                    Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                            .status())
                    .as("looking again")
                    .isBetween(200, 202);
            await().atMost(SOON).until(() -> timeline(server, incident).split("has ended", -1).length == 3);
            server.post("/webhooks/open", alert("Odd", "quiet", "2"), Map.of());
            await().atMost(SOON).until(() -> notifications(server).size() == 4 && allEnded(notifications(server)));
            assertThat(arrived(listener)).hasSize(2);

            String metrics =
                    server.get("/actuator/prometheus", RunningServer.ADMIN).body();
            assertThat(metrics)
                    .contains("whydunit_notifications_total{channel=\"team\",status=\"delivered\"} 1.0")
                    .contains("whydunit_notifications_total{channel=\"gone\",status=\"failed\"} 1.0");
        }
    }

    @Test
    void aStepThatNotifiesWaitsForAPersonWhoIsToldOfIt() throws Exception {
        String yaml = configuration(
                listener.baseUrl() + "/hook", "policy: {writes: [{kinds: [notify], channels: [team]}]}\n");
        try (RunningServer server = new RunningServer(folder, yaml, secrets())) {
            server.post("/webhooks/open", alert("Tell", "shop", "1"), Map.of());
            await().atMost(SOON).until(() -> !arrived(listener).isEmpty());
            JsonNode asked = arrived(listener).getFirst();
            assertThat(asked.path("type").asString()).isEqualTo("whydunit.approval");
            assertThat(asked.path("data").path("verdict").asString()).contains("notify team: restart of shop begins");
            listener.verify(0, postRequestedFor(urlEqualTo("/team")));

            String id = server.get("/api/approvals", RunningServer.ADMIN)
                    .json()
                    .get(0)
                    .path("id")
                    .asString();
            assertThat(asked.path("data").path("next").get(0).asString()).contains(id);
            server.post(
                    "/api/approvals/" + id,
                    "{\"granted\": true}",
                    Map.of("Authorization", "Bearer " + RunningServer.ADMIN));
            await().atMost(SOON).until(() -> arrived(listener).size() == 2);
            listener.verify(1, postRequestedFor(urlEqualTo("/team")));
        }
    }

    @Test
    void aServerThatDiedBeforeItToldAnybodyTellsAfterItsStart() throws Exception {
        String silent = "receivers: {open: {kind: generic, auth: none}}\nrunbooks: [books]\n";
        String id;
        try (RunningServer server = new RunningServer(folder, silent, Map.of())) {
            server.post("/webhooks/open", alert("Odd", "loud", "1"), Map.of());
            await().atMost(SOON).until(() -> ended(server).size() == 1);
            id = ended(server).getFirst();
        }
        // As it is when the last event of an investigation was committed and nothing after it.
        try (Database database = JournalStore.embedded(folder.resolve("state"))) {
            database.commits()
                    .submit(connection -> update(
                            connection,
                            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, consecutive_failures, priority)"
                                    + " values ('investigate', ?, '2026-01-01T00:00:00.000000Z', 0, 1, 0, 50)",
                            id))
                    .join();
        }
        String yaml = configuration(listener.baseUrl() + "/hook", "");
        try (RunningServer server = new RunningServer(folder, yaml, secrets())) {
            await().atMost(SOON).until(() -> notifications(server).size() == 3 && allEnded(notifications(server)));
            assertThat(arrived(listener))
                    .singleElement()
                    .satisfies(message -> assertThat(
                                    message.path("data").path("investigation").asString())
                            .isEqualTo(id));
        }
    }

    @Test
    void aMessageSurvivesItsServerAndAListenerThatIsDownWithTheEmbeddedDatabase() throws Exception {
        survives("");
    }

    @Test
    void aMessageSurvivesItsServerAndAListenerThatIsDownWithPostgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            survives("database: {url: '" + postgres.getJdbcUrl("postgres", "postgres")
                    + "', user: postgres, password: 'env:DB_PASSWORD'}\n");
        }
    }

    private void survives(String database) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path yaml = Files.writeString(
                folder.resolve("whydunit.yaml"), configuration("http://127.0.0.1:" + port + "/hook", database));
        String id;
        ServerProcess first = new ServerProcess(yaml, folder.resolve("state"), secrets());
        try {
            assertThat(first.post("/webhooks/open", alert("Odd", "shop", "1"))).isEqualTo(202);
            await().atMost(SOON)
                    .until(() -> first.get("/api/notifications")
                                    .path(0)
                                    .path("attempts")
                                    .asInt()
                            >= 1);
            JsonNode waiting = first.get("/api/notifications").get(0);
            assertThat(waiting.path("state").asString()).isEqualTo("waiting");
            assertThat(waiting.path("said").asString()).startsWith("refused: ");
            id = waiting.path("id").asString();
        } finally {
            first.kill();
        }
        WireMockServer late = new WireMockServer(options().port(port).bindAddress("127.0.0.1"));
        late.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(200)));
        late.start();
        try (ServerProcess second = new ServerProcess(yaml, folder.resolve("state"), secrets())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> second.get("/api/notifications")
                            .path(0)
                            .path("state")
                            .asString()
                            .equals("delivered"));
            List<LoggedRequest> requests = late.findAll(postRequestedFor(urlEqualTo("/hook")));
            assertThat(requests)
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.getHeader("webhook-id")).isEqualTo(id));
        } finally {
            late.stop();
        }
    }

    private static String timeline(RunningServer server, String incident) throws Exception {
        return server.get("/api/incidents/" + incident, RunningServer.ADMIN)
                .json()
                .path("timeline")
                .toString();
    }

    private static JsonNode notifications(RunningServer server) throws Exception {
        return server.get("/api/notifications", RunningServer.ADMIN).json();
    }

    private static boolean allEnded(JsonNode notifications) {
        return notifications
                .valueStream()
                .noneMatch(one -> one.path("state").asString().equals("waiting"));
    }

    private static JsonNode named(JsonNode notifications, String channel) {
        return notifications
                .valueStream()
                .filter(one -> one.path("channel").asString().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ended(RunningServer server) throws Exception {
        return server.get("/api/investigations", RunningServer.ADMIN)
                .json()
                .valueStream()
                .filter(one -> !one.path("endedAt").isNull() && one.has("endedAt"))
                .map(one -> one.path("id").asString())
                .toList();
    }
}
