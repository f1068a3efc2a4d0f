package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.annotation.Secured;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerIT {
    private static final String CONFIGURATION = """
            receivers:
              am: {kind: alertmanager, auth: {bearer: 'env:AM_TOKEN'}}
              open: {kind: generic, auth: none}
              slow: {kind: generic, auth: none, per_minute: 6}
              few: {kind: generic, auth: {bearer: 'env:AM_TOKEN'}, per_minute: 6}
            services:
              shop: {tier: 1, depends_on: [shop_db]}
            runbooks: [books]
            """;
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
                  fine: {when: 'stdout.contains("fine")', supports: {anything: conclusive}}
            """;

    private Path folder;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/quick.yaml"), RUNBOOK);
        server = new RunningServer(folder, CONFIGURATION, Map.of("AM_TOKEN", "am's token"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RunningServer.Answer alert(String name, String service, String id) throws Exception {
        return server.post(
                "/webhooks/open",
                "{\"id\": \"%s\", \"title\": \"%s\", \"service\": \"%s\"}".formatted(id, name, service),
                Map.of());
    }

    private JsonNode incident(String id) throws Exception {
        return server.get("/api/incidents/" + id, RunningServer.ADMIN).json();
    }

    @Test
    void anAlertBecomesAnIncidentWithItsInvestigation() throws Exception {
        RunningServer.Answer answer = alert("Odd", "mail", "a1");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        String inc = answer.json().path("incident").asString();
        assertThat(inc).startsWith("inc-");

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode investigations = incident(inc).path("investigations");
            return investigations.size() == 1
                    && !investigations.get(0).path("endedAt").isNull();
        });
        JsonNode investigation = incident(inc).path("investigations").get(0);
        assertThat(investigation.path("runbook").asString()).isEqualTo("quick");
        String id = investigation.path("id").asString();
        JsonNode summary =
                server.get("/api/investigations/" + id, RunningServer.ADMIN).json();
        assertThat(summary.path("verdict").path("path").get(0).asString()).isEqualTo("anything");
        assertThat(summary.path("symptom").asString()).isEqualTo("mail is odd");
        assertThat(summary.path("trigger").path("kind").asString()).isEqualTo("alert");
        assertThat(server.get("/api/investigations/" + id + "/chain", RunningServer.ADMIN)
                        .json()
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theSameDeliveryTwiceStartsNothingTwice() throws Exception {
        String body = """
                {"id": "twice", "title": "Odd", "service": "twice", "starts_at": "2026-01-31T02:00:00Z"}""";
        RunningServer.Answer first = server.post("/webhooks/open", body, Map.of());
        assertThat(first.json().path("accepted").asInt()).isEqualTo(1);
        RunningServer.Answer again = server.post("/webhooks/open", body, Map.of());
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("accepted").asInt()).isZero();
        assertThat(again.json().path("incident").asString())
                .isEqualTo(first.json().path("incident").asString());
        JsonNode incident = incident(first.json().path("incident").asString());
        assertThat(incident.path("alerts").asInt()).isEqualTo(1);
    }

    @Test
    void anAlertThatCannotBeReadKeepsNoOtherOut() throws Exception {
        String unreadable = "{\"title\": \"Odd\", \"starts_at\": \"hunter2hunter2\"}";
        String body = "{\"alerts\": [%s, {\"id\": \"beside\", \"title\": \"Odd\", \"service\": \"beside\"}%s]}"
                .formatted(unreadable, (", " + unreadable).repeat(24));

        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        RunningServer.Answer answer;
        Logger logger = (Logger) LoggerFactory.getLogger(WebhookController.class);
        logger.addAppender(log);
        try {
            answer = server.post("/webhooks/open", body, Map.of());
        } finally {
            logger.detachAppender(log);
        }

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(incident(answer.json().path("incident").asString())
                        .path("alerts")
                        .asInt())
                .isEqualTo(1);
        JsonNode refused = answer.json().path("refused");
        assertThat(refused).hasSize(20);
        assertThat(refused.get(0).path("alert").asInt()).isZero();
        assertThat(refused.get(1).path("alert").asInt()).isEqualTo(2);
        assertThat(refused.get(0).path("error").asString()).startsWith("at of alerts[0]: expected a time like");
        assertThat(answer.json().path("notes").get(0).asString())
                .isEqualTo("25 alerts could not be read; the first 20 are listed");
        assertThat(answer.body()).doesNotContain("hunter2");
        assertThat(server.get("/actuator/prometheus", RunningServer.ADMIN).body())
                .containsPattern("whydunit_alerts_refused_total\\{receiver=\"open\"\\} 25");

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .startsWith(
                            "receiver open: 25 of 26 alerts of a delivery could not be read: alert 0: at of alerts[0]: expected a time")
                    .contains("; alert 20: ")
                    .endsWith("; …")
                    .doesNotContain("alert 21", "hunter2");
        });

        RunningServer.Answer none = server.post("/webhooks/open", "{\"alerts\": [" + unreadable + "]}", Map.of());
        assertThat(none.status()).isEqualTo(400);
    }

    @Test
    void fortyAlertsOfOneOutageAreOneIncidentWithOneInvestigationOfItsOrigin() throws Exception {
        String inc = alert("Odd", "shop", "first").json().path("incident").asString();
        for (int i = 1; i < 20; i++) {
            alert("Odd", "shop", "s" + i);
            alert("Odd", "shop_db", "d" + i);
        }
        alert("Odd", "shop_db", "last");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> incident(inc).path("investigations").size() > 0);
        JsonNode incident = incident(inc);
        assertThat(incident.path("alerts").asInt()).isEqualTo(40);
        assertThat(incident.path("origin").asString()).isEqualTo("shop_db");
        assertThat(incident.path("investigations").size()).isBetween(1, 2);
    }

    @Test
    void whatIsNotAuthenticatedIsNotRead() throws Exception {
        assertThat(server.post("/webhooks/am", "{", Map.of()).status()).isEqualTo(401);
        assertThat(server.post("/webhooks/am", "{", Map.of("Authorization", "Bearer am's token"))
                        .status())
                .isEqualTo(400);
        assertThat(server.post("/webhooks/nobody", "{}", Map.of()).status()).isEqualTo(404);
        assertThat(server.post("/webhooks/open", "x".repeat(1_000_001), Map.of())
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aDeliveryThatIsNotPostedIsToldSo() throws Exception {
        for (String method : List.of("GET", "PUT")) {
            RunningServer.Answer answer = server.send(method, "/webhooks/open", "", Map.of());
            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.headers().get("allow")).containsExactly("POST");
            assertThat(answer.body()).contains("sent by POST");
        }
    }

    @Test
    void aReceiverThatIsFloodedSaysWhenToComeAgain() throws Exception {
        RunningServer.Answer last = server.post("/webhooks/slow", "{\"title\": \"x\"}", Map.of());
        for (int i = 0; i < 5 && last.status() == 202; i++) {
            last = server.post("/webhooks/slow", "{\"title\": \"x" + i + "\"}", Map.of());
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.headers().get("retry-after"))
                .singleElement()
                .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 10));
    }

    @Test
    void anInvestigationCanBeStartedByTheApi() throws Exception {
        RunningServer.Answer answer = server.post(
                "/api/investigations",
                "{\"runbook\": \"quick\", \"inputs\": {\"service\": \"mail\"}}",
                Map.of("Authorization", "Bearer " + RunningServer.ADMIN));
        assertThat(answer.status()).isEqualTo(202);
        String id = answer.json().path("id").asString();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.get("/api/investigations/" + id, RunningServer.ADMIN)
                        .body()
                        .contains("\"concluded\""));
        assertThat(server.post(
                                "/api/investigations",
                                "{\"runbook\": \"quick\"}",
                                Map.of("Authorization", "Bearer " + RunningServer.ADMIN))
                        .body())
                .contains("service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /api/alerts?limit=many           | ``         | 400 | limit: expected a whole number, found many",
                "GET    | /api/incidents?limit=99999999999 | ``         | 400 | limit: expected a whole number, found 99999999999",
                "GET    | /api/incidents/inc-99999         | ``         | 404 | there is no incident inc-99999",
                "GET    | /api/incidents/inc-99999/alerts  | ``         | 404 | there is no incident inc-99999",
                "GET    | /api/investigations/none/late    | ``         | 404 | there is no investigation none",
                "GET    | /api/investigations/none/chain   | ``         | 404 | there is no investigation none",
                "GET    | /nothing                         | ``         | 404 | there is nothing at this path",
                "DELETE | /api/investigations              | ``         | 405 | DELETE is not to be sent here; ",
                "POST   | /api/investigations              | ``         | 400 | the body is empty; a JSON object is expected",
                "POST   | /api/investigations              | [1]        | 400 | the body is not the JSON object that is expected: ",
                "POST   | /api/investigations              | {\"a\":    | 400 | the body is not the JSON object that is expected: ",
                "POST   | /api/investigations              | {\"runbook\": 5} | 400 | runbook: expected a text, found something else",
                "POST   | /api/investigations              | {\"runbook\": \"quick\", \"inputs\": 5} | 400 | inputs: expected an object",
                "POST   | /api/investigations              | {\"runbook\": \"none\"} | 400 | there is no runbook none; known are quick",
            })
    void aWrongRequestIsToldWhatIsWrongWithIt(String method, String path, String body, int status, String why)
            throws Exception {
        RunningServer.Answer answer =
                server.send(method, path, body, Map.of("Authorization", "Bearer " + RunningServer.ADMIN));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("error").asString()).startsWith(why);
    }

    @Test
    void strangersUseUpNothingOfWhatTheSenderMay() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(server.post("/webhooks/few", "{}", Map.of("Authorization", "Bearer x"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(server.post(
                                "/webhooks/few",
                                "{\"title\": \"Odd\", \"service\": \"few\"}",
                                Map.of("Authorization", "Bearer am's token"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void peopleAssignRateNoteAndResolveAnIncident() throws Exception {
        String inc = alert("Odd", "people", "p1").json().path("incident").asString();
        String path = "/api/incidents/" + inc;
        Map<String, String> admin = Map.of("Authorization", "Bearer " + RunningServer.ADMIN);
        assertThat(server.post(path + "/assign", "{\"to\": \"team-shop\"}", admin)
                        .json()
                        .path("assigned")
                        .asString())
                .isEqualTo("team-shop");
        assertThat(server.post(path + "/severity", "{\"severity\": \"info\"}", admin)
                        .json()
                        .path("severity")
                        .asString())
                .isEqualTo("info");
        assertThat(server.post(path + "/severity", "{\"severity\": \"awful\"}", admin)
                        .status())
                .isEqualTo(400);
        assertThat(server.post(path + "/note", "{\"text\": \"<b>looking</b>\"}", admin)
                        .status())
                .isEqualTo(200);
        assertThat(server.post(path + "/resolve", "{\"because\": \"mended\"}", admin)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("resolved");
        JsonNode shown = incident(inc);
        assertThat(shown.path("timeline").findValuesAsString("type"))
                .contains("opened", "assigned", "severity", "note", "resolved");
        assertThat(shown.path("newestAlerts")).hasSize(1);
        assertThat(shown.path("origin").asString()).isEqualTo("people");
        // What begins to fire after that is news.
        alert("Odd", "people", "p2");
        assertThat(incident(inc).path("status").asString()).isEqualTo("open");
    }

    @Test
    void everyMethodOfTheApiNamesARole() {
        List<Method> handlers = Stream.of(ApiController.class, IncidentController.class)
                .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods()))
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                .toList();
        assertThat(handlers).hasSizeGreaterThan(8);
        assertThat(handlers).allMatch(method -> method.isAnnotationPresent(Secured.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/alerts",
                "/api/incidents",
                "/api/incidents/inc-1",
                "/api/investigations",
                "/api/investigations/x",
                "/api/runbooks",
                "/api/tokens",
                "/schema/runbook-v1.json",
                "/actuator/prometheus",
                "/actuator/env",
                "/actuator",
                "/api/alerts;a=b",
                "/api/%61lerts",
                "//api/alerts",
                "/./api/alerts",
                "/webhooks/../api/alerts",
                "/webhooks/..;/api/alerts",
                "/webhooks/%2e%2e/api/alerts",
                "/actuator/health/..;/../api/alerts",
                "/error",
                "/"
            })
    void withoutATokenNothingIsToBeSeen(String path) throws Exception {
        RunningServer.Answer answer = server.send("GET", path, "", Map.of());
        assertThat(answer.status()).as(answer.body()).isIn(400, 401, 403, 404, 405);
        RunningServer.Answer wrong = server.get(path, "wdu_" + "x".repeat(43));
        assertThat(wrong.status()).isIn(400, 401, 403, 404, 405);
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, GET, /api/alerts, 200",
        "viewer, POST, /api/investigations, 403",
        "viewer, GET, /api/tokens, 403",
        "responder, POST, /api/investigations, 400",
        "viewer, POST, /api/incidents/inc-1/note, 403",
        "viewer, POST, /api/incidents/inc-1/resolve, 403",
        "viewer, POST, /api/incidents/inc-1/assign, 403",
        "viewer, POST, /api/incidents/inc-1/severity, 403",
        "responder, POST, /api/incidents/inc-99999/note, 400",
        "responder, POST, /api/incidents/inc-99999/resolve, 404",
        "responder, GET, /api/tokens, 403",
        "author, POST, /api/tokens, 403",
        "admin, GET, /api/tokens, 200",
    })
    void aRoleMayWhatItMayAndNoMore(String role, String method, String path, int status) throws Exception {
        RunningServer.Answer made = server.post(
                "/api/tokens",
                "{\"name\": \"test\", \"role\": \"" + role + "\"}",
                Map.of("Authorization", "Bearer " + RunningServer.ADMIN));
        assertThat(made.status()).isEqualTo(201);
        String token = made.json().path("token").asString();
        assertThat(server.send(method, path, "{}", Map.of("Authorization", "Bearer " + token))
                        .status())
                .isEqualTo(status);
        server.send(
                "DELETE",
                "/api/tokens/" + made.json().path("id").asString(),
                "",
                Map.of("Authorization", "Bearer " + RunningServer.ADMIN));
        assertThat(server.get("/api/alerts", token).status()).isEqualTo(401);
    }

    @Test
    void tokensAreNotToBeReadFromTheDatabase() throws Exception {
        byte[] database = Files.readAllBytes(folder.resolve("state/journal.db"));
        assertThat(new String(database, StandardCharsets.ISO_8859_1)).doesNotContain(RunningServer.ADMIN);
    }

    @Test
    void healthIsOpenAndMetricsCountWhatCame() throws Exception {
        alert("Odd", "measured", "m1");
        assertThat(server.send("GET", "/actuator/health/readiness", "", Map.of())
                        .body())
                .contains("UP");
        assertThat(server.get("/actuator/prometheus", RunningServer.ADMIN).body())
                .containsPattern("whydunit_deliveries_total\\{receiver=\"open\",status=\"202\"} [1-9]");
    }

    @Test
    void anotherServerMayNotUseTheSameState() {
        assertThatThrownBy(() -> new RunningServer(folder, CONFIGURATION, Map.of("AM_TOKEN", "x")).close())
                .isInstanceOfAny(StartFailure.class, java.nio.channels.OverlappingFileLockException.class);
    }

    @Test
    void aRestartGoesOnWithWhatWasAccepted(@TempDir Path own) throws Exception {
        Files.createDirectories(own.resolve("books"));
        Files.writeString(own.resolve("books/quick.yaml"), RUNBOOK);
        try (RunningServer first = new RunningServer(own, CONFIGURATION, Map.of("AM_TOKEN", "x"))) {
            first.post("/webhooks/open", "{\"title\": \"Odd\", \"service\": \"mail\"}", Map.of());
        }
        try (RunningServer second = new RunningServer(own, CONFIGURATION, Map.of("AM_TOKEN", "x"))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                JsonNode investigations = second.get("/api/incidents/inc-1", RunningServer.ADMIN)
                        .json()
                        .path("investigations");
                return investigations.size() == 1
                        && !investigations.get(0).path("endedAt").isNull();
            });
            assertThat(second.get("/api/alerts", RunningServer.ADMIN).json()).hasSize(1);
        }
    }
}
