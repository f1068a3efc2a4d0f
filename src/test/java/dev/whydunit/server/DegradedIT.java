package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The state directory is on a small file system of its own, which fills up, becomes read-only, or goes away: what cannot be kept is not
 * accepted, what was accepted is kept, and the server recovers by itself. Needs root, as mounting does.
 */
class DegradedIT {
    private static final int MEGABYTES = 64;
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
              look: {host_command: {run: [echo, fine]}, findings: {fine: {when: 'stdout.contains("fine")', supports: {anything: conclusive}}}}
            """;

    @TempDir
    Path folder;

    private int sent;
    private final Set<String> accepted = new HashSet<>();

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectories(folder.resolve("small"));
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/quick.yaml"), RUNBOOK);
        run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", small().toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", small().toString());
    }

    private Path small() {
        return folder.resolve("small");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + ": " + said + " (this test needs root)")
                .isZero();
    }

    private RunningServer server() throws Exception {
        Files.createSymbolicLink(folder.resolve("state"), Files.createDirectories(small().resolve("state")));
        return restarted();
    }

    private RunningServer restarted() throws Exception {
        return new RunningServer(
                folder,
                "receivers:\n  open: {kind: generic, auth: none, per_minute: 600000}\nrunbooks: [books]\n",
                Map.of());
    }

    /** Sends an alert, and remembers it when it was accepted. */
    private RunningServer.Answer send(RunningServer server) throws Exception {
        String id = "a" + ++sent;
        RunningServer.Answer answer = server.post(
                "/webhooks/open",
                "{\"id\": \"%s\", \"title\": \"Odd\", \"service\": \"s%d\", \"text\": \"%s\"}"
                        .formatted(id, sent % 9, "x".repeat(2000)),
                Map.of());
        if (answer.status() == 202) {
            accepted.add(id);
        }
        return answer;
    }

    private static JsonNode health(RunningServer server) throws Exception {
        return server.get("/actuator/health/readiness", RunningServer.ADMIN).json();
    }

    private static String status(RunningServer server) throws Exception {
        return health(server).path("status").asString();
    }

    private void everythingAcceptedIsThere(RunningServer server) throws Exception {
        Set<String> stored = new HashSet<>();
        for (JsonNode alert :
                server.get("/api/alerts?limit=1000", RunningServer.ADMIN).json()) {
            stored.add(alert.path("alert").path("annotations").path("identity").asString());
        }
        assertThat(stored).containsAll(accepted);
    }

    /** Takes all the room that is left. */
    private Path fill() throws IOException {
        Path file = small().resolve("filler");
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // It is full.
            return file;
        }
    }

    private void refusesAndRecovers(RunningServer server, Undo undo) throws Exception {
        List<RunningServer.Answer> refused = new ArrayList<>();
        eventually(Duration.ofSeconds(60)).until(() -> {
            RunningServer.Answer answer = send(server);
            if (answer.status() != 202) {
                refused.add(answer);
            }
            return refused.size() >= 3;
        });
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers()).containsKey("retry-after");
        });
        eventually(Duration.ofSeconds(20))
                .until(() -> Set.of("OUT_OF_SERVICE", "DOWN").contains(status(server)));
        assertThat(server.send("GET", "/actuator/health/readiness", "", Map.of())
                        .status())
                .isEqualTo(503);
        assertThat(server.send("GET", "/actuator/health/liveness", "", Map.of()).status())
                .isEqualTo(200);

        undo.undo();

        eventually(Duration.ofSeconds(30)).until(() -> send(server).status() == 202);
        eventually(Duration.ofSeconds(30)).until(() -> Set.of("UP", "DEGRADED").contains(status(server)));
        everythingAcceptedIsThere(server);
    }

    /** What threads of the queue throw meanwhile is no matter of the test's. */
    private static ConditionFactory eventually(Duration within) {
        return await().dontCatchUncaughtExceptions().atMost(within);
    }

    private interface Undo {
        void undo() throws Exception;
    }

    @Test
    void aFullDisk() throws Exception {
        try (RunningServer server = server()) {
            assertThat(send(server).status()).isEqualTo(202);
            Path filler = fill();
            refusesAndRecovers(server, () -> Files.delete(filler));
        }
        try (RunningServer server = restarted()) {
            everythingAcceptedIsThere(server);
            eventually(Duration.ofSeconds(30)).until(() -> allEnded(server));
        }
    }

    private static boolean allEnded(RunningServer server) throws Exception {
        JsonNode investigations =
                server.get("/api/investigations", RunningServer.ADMIN).json();
        for (JsonNode investigation : investigations) {
            if (investigation.path("endedAt").isNull()) {
                return false;
            }
            assertThat(server.get(
                                    "/api/investigations/"
                                            + investigation.path("id").asString() + "/chain",
                                    RunningServer.ADMIN)
                            .json()
                            .path("intact")
                            .asBoolean(true))
                    .isTrue();
        }
        return !investigations.isEmpty();
    }

    @Test
    void aStateDirectoryThatIsGoneForAWhile() throws Exception {
        try (RunningServer server = server()) {
            assertThat(send(server).status()).isEqualTo(202);
            Path state = small().resolve("state");
            Path away = small().resolve("away");
            Files.move(state, away);
            refusesAndRecovers(server, () -> Files.move(away, state));
        }
        try (RunningServer server = restarted()) {
            everythingAcceptedIsThere(server);
        }
    }

    @Test
    void aStateDirectoryThatWasReplacedIsNotWrittenToUnawares() throws Exception {
        try (RunningServer server = server()) {
            assertThat(send(server).status()).isEqualTo(202);
            // Whoever could see health before still can while the database cannot be asked.
            assertThat(status(server)).isIn("UP", "DEGRADED");
            Path state = small().resolve("state");
            Path away = small().resolve("away");
            Files.move(state, away);
            Files.createDirectories(state);
            Files.copy(away.resolve("journal.db"), state.resolve("journal.db"));
            RunningServer.Answer answer = send(server);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("the database ").doesNotContain("replaced");
            eventually(Duration.ofSeconds(20)).until(() -> {
                String health = health(server).toString();
                return health.contains("replaced by another file") && health.contains("restart to use that one");
            });
            run("rm", "-rf", state.toString());
            Files.move(away, state);
            eventually(Duration.ofSeconds(30)).until(() -> send(server).status() == 202);
            everythingAcceptedIsThere(server);
        }
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenToIsSaidAtTheStart() throws Exception {
        try (RunningServer server = server()) {
            assertThat(send(server).status()).isEqualTo(202);
        }
        run("mount", "-o", "remount,ro", small().toString());
        assertThatThrownBy(this::restarted)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("state")
                .hasMessageContaining("Read-only file system");
        run("mount", "-o", "remount,rw", small().toString());
        try (RunningServer server = restarted()) {
            everythingAcceptedIsThere(server);
        }
    }
}
