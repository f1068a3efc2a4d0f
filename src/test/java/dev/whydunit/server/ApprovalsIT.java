package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Steps that change something wait for leave, bound to what they want to run. */
class ApprovalsIT {
    private static final String AUTH = "Authorization";
    private static final String RESTART = """
            runbook: restart
            title: Is it stuck?
            symptom: it is stuck
            hypotheses:
              stuck: {claim: It is stuck}
            steps:
              restart:
                effect: write
                host_command: {run: [touch, '%s']}
                findings:
                  done: {when: exit_code == 0, supports: {stuck: strong}}
            """;
    private static final String ALLOWED = "runbooks: [runbooks]\npolicy: {writes: {allow: [touch]}}\n";

    @TempDir
    Path folder;

    private Path canary() {
        return folder.resolve("restarted");
    }

    private RunningServer serve(String yaml) throws Exception {
        Files.createDirectories(folder.resolve("runbooks"));
        Files.writeString(folder.resolve("runbooks/restart.yaml"), RESTART.formatted(canary()));
        return new RunningServer(folder, yaml, Map.of());
    }

    private static String start(RunningServer server) throws Exception {
        return server.post(
                        "/api/investigations",
                        "{\"runbook\": \"restart\"}",
                        Map.of(AUTH, "Bearer " + RunningServer.ADMIN))
                .json()
                .get("id")
                .asString();
    }

    private static JsonNode waiting(RunningServer server) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> server.get("/api/approvals", RunningServer.ADMIN).json(), list -> list.size() == 1)
                .get(0);
    }

    private static JsonNode ended(RunningServer server, String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> server.get("/api/investigations/" + id, RunningServer.ADMIN)
                                .json(),
                        summary -> summary.path("endedAt").isString());
    }

    private static RunningServer.Answer answer(RunningServer server, JsonNode asked, String token, String body)
            throws Exception {
        return server.post("/api/approvals/" + asked.get("id").asString(), body, Map.of(AUTH, "Bearer " + token));
    }

    @Test
    void whatIsApprovedIsRunAndWhoDidSoIsKept() throws Exception {
        try (RunningServer server = serve(ALLOWED)) {
            String id = start(server);
            JsonNode asked = waiting(server);
            assertThat(asked.get("command").asString()).isEqualTo("touch " + canary());
            assertThat(asked.get("step").asString()).isEqualTo("restart");
            assertThat(canary()).doesNotExist();

            String viewer = server.post(
                            "/api/tokens",
                            "{\"name\": \"screen\", \"role\": \"viewer\"}",
                            Map.of(AUTH, "Bearer " + RunningServer.ADMIN))
                    .json()
                    .get("token")
                    .asString();
            assertThat(answer(server, asked, viewer, "{\"granted\": true}").status())
                    .isEqualTo(403);
            assertThat(answer(server, asked, RunningServer.ADMIN, "{\"granted\": true, \"sha256\": \"00\"}")
                            .status())
                    .as("another command than the one that was seen")
                    .isEqualTo(409);
            assertThat(answer(server, asked, RunningServer.ADMIN, "{\"granted\": \"yes\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(canary()).doesNotExist();

            String sha256 = asked.get("sha256").asString();
            assertThat(answer(server, asked, RunningServer.ADMIN, "{\"granted\": true, \"sha256\": \"" + sha256 + "\"}")
                            .status())
                    .isEqualTo(200);
            JsonNode summary = ended(server, id);
            assertThat(canary()).exists();
            assertThat(summary.get("steps").get(0).get("status").asString()).isEqualTo("ended");
            assertThat(answer(server, asked, RunningServer.ADMIN, "{\"granted\": false}")
                            .status())
                    .as("it was answered before")
                    .isEqualTo(409);

            String audit = server.get("/api/audit", RunningServer.ADMIN).body();
            assertThat(audit)
                    .contains("asked for approval of step restart")
                    .contains("\"approved\"")
                    .contains("POST /api/tokens")
                    .contains("POST /api/investigations");
            assertThat(server.get("/api/audit", viewer).status()).isEqualTo(403);
        }
    }

    @Test
    void whatIsDeniedIsNotRun() throws Exception {
        try (RunningServer server = serve(ALLOWED)) {
            String id = start(server);
            answer(server, waiting(server), RunningServer.ADMIN, "{\"granted\": false}");
            JsonNode summary = ended(server, id);
            assertThat(summary.get("steps").get(0).get("status").asString()).isEqualTo("denied");
            assertThat(canary()).doesNotExist();
        }
    }

    @Test
    void whatPolicyDoesNotAllowIsDeniedBeforeAnybodyIsAsked() throws Exception {
        try (RunningServer server = serve("runbooks: [runbooks]\n")) {
            JsonNode summary = ended(server, start(server));
            assertThat(summary.get("notChecked").get(0).get("why").asString())
                    .contains("no grant of policy covers the program touch")
                    .contains("policy.writes");
            assertThat(server.get("/api/approvals", RunningServer.ADMIN).json().size())
                    .isZero();
            assertThat(canary()).doesNotExist();
        }
    }

    @Test
    void nobodyInTimeIsANo() throws Exception {
        try (RunningServer server = serve("runbooks: [runbooks]\npolicy: {writes: {allow: [touch], expires: 1s}}\n")) {
            String id = start(server);
            JsonNode summary = ended(server, id);
            assertThat(summary.get("steps").get(0).get("status").asString()).isEqualTo("denied");
            assertThat(canary()).doesNotExist();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(server.get("/api/audit", RunningServer.ADMIN)
                                    .body())
                            .containsOnlyOnce("the question of step restart of " + id + ", sha256 ")
                            .contains(", expired unanswered at "));
        }
    }

    @Test
    void aRestartForgetsNeitherTheQuestionNorTheAnswer() throws Exception {
        String id;
        JsonNode asked;
        try (RunningServer server = serve(ALLOWED)) {
            id = start(server);
            asked = waiting(server);
        }
        try (RunningServer server = serve(ALLOWED)) {
            assertThat(waiting(server).get("id")).isEqualTo(asked.get("id"));
            answer(server, asked, RunningServer.ADMIN, "{\"granted\": true}");
            ended(server, id);
            assertThat(canary()).exists();
        }
    }
}
