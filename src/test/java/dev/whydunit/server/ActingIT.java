package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Remedies and other writes on a server: policy, leave of the right role, the pages. One server for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String RUNBOOK = """
            runbook: %1$s
            title: Is it stuck?
            symptom: it is stuck
            hypotheses:
              stuck: {claim: It is stuck, remedy: Free it.}
              other_thing: {claim: Something else}
            steps:
              look: {host_command: {run: ['true']}, findings: {f: {when: exit_code == 0, says: It is, supports: {stuck: conclusive}}}}
              free: {remedy: {for: stuck, %2$s, undo: 'rm it'}}
            """;
    private static final String POLICY = """
            runbooks: [runbooks]
            policy:
              restricted:
                - {commands: [uptime], started_by: author}
              writes:
                - {kinds: [remedy], commands: [touch], started_by: [admin], approvers: admin}
                - {kinds: [remedy], commands: [touch], started_by: [responder], approvers: responder, expires: 5m}
            """;

    private RunningServer server;
    private Path folder;
    private String responder;
    private String viewer;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
        write(runbooks, "freed", "run: [touch, freed]");
        write(runbooks, "withdrawn", "run: [touch, withdrawn]");
        write(runbooks, "stopped", "run: [touch, stopped]");
        write(runbooks, "hostile", "run: [touch, '" + HOSTILE + "']");
        write(runbooks, "shell", "script: 'touch shell'");
        write(runbooks, "impostor", "run: [/tmp/touch, impostor]");
        Files.writeString(
                runbooks.resolve("watched.yaml"),
                RUNBOOK.formatted("watched", "run: [touch, watched]").replace("['true']", "[uptime]"));
        server = new RunningServer(folder, POLICY, Map.of());
        responder = token("ann", "responder");
        viewer = token("screen", "viewer");
    }

    private static void write(Path runbooks, String id, String remedy) throws Exception {
        Files.writeString(runbooks.resolve(id + ".yaml"), RUNBOOK.formatted(id, remedy));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private String token(String name, String role) throws Exception {
        return server.post(
                        "/api/tokens",
                        "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"}",
                        bearer(RunningServer.ADMIN))
                .json()
                .get("token")
                .asString();
    }

    private String begin(String runbook, String token) throws Exception {
        return server.post("/api/investigations", "{\"runbook\": \"" + runbook + "\"}", bearer(token))
                .json()
                .get("id")
                .asString();
    }

    private JsonNode summary(String id) throws Exception {
        return server.get("/api/investigations/" + id, RunningServer.ADMIN).json();
    }

    private JsonNode ended(String id) {
        return await().atMost(PATIENCE)
                .until(() -> summary(id), summary -> summary.path("endedAt").isString());
    }

    private JsonNode waiting(String id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> server.get("/api/approvals", RunningServer.ADMIN).json().values().stream()
                                .filter(one ->
                                        one.get("investigation").asString().equals(id))
                                .toList(),
                        list -> list.size() == 1)
                .getFirst();
    }

    private int answer(JsonNode asked, String token, String body) throws Exception {
        return server.post("/api/approvals/" + asked.get("id").asString(), body, bearer(token))
                .status();
    }

    private static JsonNode step(JsonNode summary, String id) {
        return summary.get("steps").values().stream()
                .filter(step -> step.get("id").asString().equals(id))
                .toList()
                .getLast();
    }

    @Test
    void aRemedyIsDoneAfterTheVerdictWithLeaveOfTheRoleThatPolicyNames() throws Exception {
        String id = begin("freed", RunningServer.ADMIN);
        JsonNode asked = waiting(id);
        assertThat(asked.get("command").asString()).isEqualTo("touch freed");
        assertThat(asked.get("approvers").asString()).isEqualTo("admin");
        assertThat(asked.get("undo").asString()).isEqualTo("rm it");
        JsonNode before = summary(id);
        assertThat(before.get("verdict").get("status").asString())
                .as("the verdict does not wait for the remedy")
                .isEqualTo("concluded");
        assertThat(before.path("endedAt").isNull()).isTrue();

        String yes = "{\"granted\": true, \"sha256\": \"" + asked.get("sha256").asString() + "\"}";
        assertThat(answer(asked, viewer, yes)).isEqualTo(403);
        assertThat(answer(asked, responder, yes))
                .as("the grant asks for an admin")
                .isEqualTo(403);
        assertThat(answer(asked, RunningServer.ADMIN, "{\"granted\": true, \"sha256\": \"00\"}"))
                .isEqualTo(409);
        assertThat(folder.resolve("freed")).doesNotExist();
        assertThat(answer(asked, RunningServer.ADMIN, yes)).isEqualTo(200);

        JsonNode summary = ended(id);
        assertThat(folder.resolve("freed")).exists();
        assertThat(step(summary, "free").get("result").get("approvedBy").asString())
                .isEqualTo("WHYDUNIT_ADMIN_TOKEN");
        JsonNode action = summary.get("actions").get(0);
        assertThat(action.get("command").asString()).isEqualTo("touch freed");
        assertThat(action.get("approvedBy").asString()).isEqualTo("WHYDUNIT_ADMIN_TOKEN");
        assertThat(action.get("exitCode").asInt()).isZero();
        assertThat(answer(asked, RunningServer.ADMIN, yes)).as("it is used").isEqualTo(409);
        assertThat(server.get("/api/audit", RunningServer.ADMIN).body())
                .contains("runs step free of " + id + ", approved by WHYDUNIT_ADMIN_TOKEN");
    }

    @Test
    void aRemedyWhoseCauseIsRuledOutAsksNoMore() throws Exception {
        String id = begin("withdrawn", RunningServer.ADMIN);
        JsonNode asked = waiting(id);

        assertThat(server.post(
                                "/api/investigations/" + id + "/rule-out",
                                "{\"hypothesis\": \"stuck\", \"because\": \"it moves\"}",
                                bearer(responder))
                        .status())
                .isIn(200, 202);
        JsonNode summary = ended(id);

        RunningServer.Answer late = server.post(
                "/api/approvals/" + asked.get("id").asString(), "{\"granted\": true}", bearer(RunningServer.ADMIN));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("error").asString()).isEqualTo("withdrawn: stuck was ruled out");
        assertThat(server.get("/api/approvals", RunningServer.ADMIN).body()).doesNotContain(id);
        String cookie = Pages.signIn(server, RunningServer.ADMIN);
        assertThat(Pages.get(server, "/approvals", cookie).body()).doesNotContain(id);
        assertThat(Pages.get(server, "/investigations/" + id, cookie).body()).doesNotContain("wants to run");
        assertThat(folder.resolve("withdrawn")).doesNotExist();
        assertThat(step(summary, "free").get("error").asString())
                .isEqualTo("its question was withdrawn: stuck was ruled out");
        assertThat(server.get("/api/audit", RunningServer.ADMIN).body())
                .contains("withdrew the question of step free of " + id + ", sha256 "
                        + asked.get("sha256").asString() + ": stuck was ruled out");
    }

    @Test
    void whatAStoppedInvestigationAskedIsWithdrawn() throws Exception {
        String id = begin("stopped", RunningServer.ADMIN);
        JsonNode asked = waiting(id);

        server.post("/api/investigations/" + id + "/stop", "{}", bearer(responder));
        ended(id);

        RunningServer.Answer one =
                server.get("/api/approvals/" + asked.get("id").asString(), RunningServer.ADMIN);
        assertThat(one.json().get("withdrawn").asString()).isEqualTo("the step was stopped");
        assertThat(answer(asked, RunningServer.ADMIN, "{\"granted\": true}")).isEqualTo(409);
    }

    @Test
    void whatNoGrantNamesIsDeniedBeforeAnybodyIsAsked() throws Exception {
        for (String runbook : List.of("shell", "impostor")) {
            JsonNode summary = ended(begin(runbook, RunningServer.ADMIN));
            assertThat(step(summary, "free").get("status").asString()).isEqualTo("denied");
            assertThat(summary.get("notChecked").get(0).get("why").asString())
                    .contains("no grant of policy covers the program")
                    .contains("policy.writes");
            assertThat(folder.resolve(runbook)).doesNotExist();
        }
    }

    @Test
    void whoStartedItDecidesWhatItMayRead() throws Exception {
        JsonNode byResponder = ended(begin("watched", responder));
        assertThat(step(byResponder, "look").get("status").asString()).isEqualTo("denied");
        assertThat(byResponder.get("notChecked").get(0).get("why").asString())
                .contains("started by author, not by a token of role responder")
                .contains("policy.restricted, whydunit.yaml:4");
        assertThat(byResponder.get("belief")).isEqualTo(byResponder.get("prior"));
    }

    @Test
    void thePageShowsWhatWaitsAndTakesTheAnswer() throws Exception {
        String id = begin("hostile", responder);
        waiting(id);
        RunningServer.Answer away = Pages.get(server, "/investigations/" + id, "");
        assertThat(away.status()).isEqualTo(303);
        assertThat(away.headers().get("location")).containsExactly("/sign-in?next=%2Finvestigations%2F" + id);
        assertThat(Pages.get(server, "/sign-in?next=//evil.example", "").body()).doesNotContain("evil.example");
        assertThat(Pages.post(server, "/sign-in", Map.of("token", "guessed"), "")
                        .status())
                .isEqualTo(403);

        RunningServer.Answer signedIn =
                Pages.post(server, "/sign-in", Map.of("token", responder, "next", "/investigations/" + id), "");
        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.headers().get("location")).containsExactly("/investigations/" + id);
        String kept = signedIn.headers().get("set-cookie").getFirst();
        assertThat(kept).contains("HttpOnly").contains("SameSite=Strict").contains("Max-Age=3600");
        String cookie = kept.split(";", 2)[0];

        RunningServer.Answer page = Pages.get(server, "/investigations/" + id, cookie);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Step free wants to run")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img")
                .doesNotContain("<script");
        assertThat(page.headers().get("content-security-policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(Pages.get(server, "/approvals", cookie).body()).contains("/investigations/" + id);

        String path = "/approvals/" + waiting(id).get("id").asString();
        String sha256 = waiting(id).get("sha256").asString();
        String csrf = Pages.csrf(page);
        Map<String, String> yes = Map.of("decision", "approve", "sha256", sha256, "csrf", csrf);
        assertThat(Pages.post(server, path, Map.of("decision", "approve", "sha256", sha256), cookie)
                        .status())
                .as("a form of another page")
                .isEqualTo(403);
        assertThat(Pages.post(server, path, yes, cookie, Map.of("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(Pages.post(server, path, Map.of("decision", "approve", "csrf", csrf), cookie)
                        .status())
                .as("an answer to nothing that was seen")
                .isEqualTo(409);
        assertThat(Pages.post(server, path, yes, Pages.signIn(server, viewer)).status())
                .isEqualTo(403);
        assertThat(folder.resolve(HOSTILE)).doesNotExist();

        RunningServer.Answer taken = Pages.post(server, path, yes, cookie);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.body()).contains("Approved: step free of " + id);
        assertThat(Pages.post(server, path, yes, cookie).status())
                .as("it was answered before")
                .isEqualTo(409);
        assertThat(ended(id).get("actions").get(0).get("approvedBy").asString()).isEqualTo("ann");
        assertThat(folder.resolve(HOSTILE)).exists();

        assertThat(Pages.post(server, "/sign-out", Map.of("csrf", csrf), cookie).status())
                .isEqualTo(303);
        assertThat(Pages.get(server, "/approvals", cookie).status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsWithItsToken() throws Exception {
        JsonNode made = server.post(
                        "/api/tokens", "{\"name\": \"gone\", \"role\": \"responder\"}", bearer(RunningServer.ADMIN))
                .json();
        String cookie = Pages.signIn(server, made.get("token").asString());
        assertThat(Pages.get(server, "/approvals", cookie).status()).isEqualTo(200);

        server.send("DELETE", "/api/tokens/" + made.get("id").asString(), "", bearer(RunningServer.ADMIN));

        assertThat(Pages.get(server, "/approvals", cookie).status()).isEqualTo(303);
    }
}
