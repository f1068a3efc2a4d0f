package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed at random moments under load: what it accepted is there, once, is gone on with, and comes to the belief
 * that an undisturbed run comes to. {@code -Dwhydunit.crashes=100} for more of them. That no write step is done twice is {@link
 * WriteCrashIT}'s.
 */
class ServerCrashIT {
    private static final int SENDERS = 4;
    private static final int ALERTS_OF_ONE_SERVICE = 25;
    private static final int LIVES = Integer.getInteger("whydunit.crashes", 2);
    private static final String RUNBOOK = """
            runbook: three_steps
            title: Three steps that take a moment
            symptom: ${{ inputs.service }} is odd
            triggers:
              - matchers: ['alertname="Odd"']
            inputs:
              service: {type: string, from: alert.labels.service}
            hypotheses:
              anything: {claim: Anything, remedy: Look.}
            steps:
              one: {host_command: {script: 'sleep 0.2; echo one'}, findings: {said: {when: 'stdout.contains("one")', supports: {anything: moderate}}}}
              two: {host_command: {script: 'sleep 0.2; echo two'}, findings: {said: {when: 'stdout.contains("two")', supports: {anything: moderate}}}}
              three: {needs: [one, two], always: true, host_command: {script: 'sleep 0.2; echo three'}, findings: {said: {when: 'stdout.contains("three")', supports: {anything: strong}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void withTheEmbeddedDatabase() throws Exception {
        loseNothing("");
    }

    @Test
    void withPostgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            loseNothing("database: {url: '" + postgres.getJdbcUrl("postgres", "postgres")
                    + "', user: postgres, password: 'env:DB_PASSWORD'}\n");
        }
    }

    private void loseNothing(String database) throws Exception {
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/three_steps.yaml"), RUNBOOK);
        Path configuration = Files.writeString(
                folder.resolve("whydunit.yaml"),
                "receivers:\n  open: {kind: generic, auth: none, per_minute: 600000}\nrunbooks: [books]\n" + database);
        Path state = folder.resolve("state");
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        Undisturbed undisturbed = undisturbed(configuration);
        Random random = new Random(7);
        for (int life = 0; life < LIVES; life++) {
            ServerProcess server = new ServerProcess(configuration, state);
            try {
                underLoad(server, life, accepted, Duration.ofMillis(200 + random.nextInt(1800)));
            } finally {
                server.kill();
            }
        }
        assertThat(accepted).hasSizeGreaterThan(LIVES);
        try (ServerProcess server = new ServerProcess(configuration, state)) {
            await().atMost(Duration.ofSeconds(90)).until(() -> allEnded(server));
            int resumed = everythingIsThereOnce(server, new HashSet<>(accepted), undisturbed);
            System.out.printf(
                    "%d crashes on %s: %d alerts accepted, none lost, none twice; %d investigations, %d of them cut off and resumed%n",
                    LIVES,
                    database.isEmpty() ? "SQLite" : "PostgreSQL",
                    accepted.size(),
                    server.get("/api/investigations?limit=1000").size(),
                    resumed);
        }
    }

    /** What an investigation comes to that nobody disturbs: its belief by path, and how many events that takes. */
    private record Undisturbed(JsonNode belief, int events) {}

    private Undisturbed undisturbed(Path configuration) throws Exception {
        Path alone = Files.writeString(
                folder.resolve("alone.yaml"), Files.readString(configuration).replaceAll("(?m)^database:.*", ""));
        try (ServerProcess server = new ServerProcess(alone, folder.resolve("alone"))) {
            assertThat(server.post("/webhooks/open", "{\"title\": \"Odd\", \"service\": \"alone\"}"))
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(30)).until(() -> allEnded(server));
            String id = server.get("/api/investigations").get(0).path("id").asString();
            return new Undisturbed(
                    server.get("/api/investigations/" + id).path("belief"),
                    server.get("/api/investigations/" + id + "/chain")
                            .path("events")
                            .asInt());
        }
    }

    private static void underLoad(ServerProcess server, int life, ConcurrentLinkedQueue<String> accepted, Duration time)
            throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int sender = 0; sender < SENDERS; sender++) {
                String prefix = life + "-" + sender + "-";
                senders.execute(() -> {
                    for (int i = 0; !over.get(); i++) {
                        String body = "{\"id\": \"%s\", \"title\": \"Odd\", \"service\": \"%s\"}"
                                .formatted(prefix + i, prefix + i / ALERTS_OF_ONE_SERVICE);
                        if (server.post("/webhooks/open", body) == 202) {
                            accepted.add(prefix + i);
                        }
                    }
                });
            }
            // The moment is random, not awaited: there is no condition to wait for.
            new java.util.concurrent.CountDownLatch(1)
                    .await(time.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            server.kill();
            over.set(true);
        }
    }

    private static boolean allEnded(ServerProcess server) throws Exception {
        JsonNode investigations = server.get("/api/investigations?limit=1000");
        for (JsonNode investigation : investigations) {
            if (investigation.path("endedAt").isNull()) {
                return false;
            }
        }
        return !investigations.isEmpty();
    }

    /** Gives how many investigations had been cut off. */
    private static int everythingIsThereOnce(ServerProcess server, Set<String> accepted, Undisturbed undisturbed)
            throws Exception {
        int resumed = 0;
        List<String> stored = new ArrayList<>();
        for (JsonNode incident : server.get("/api/incidents?limit=1000")) {
            for (JsonNode alert :
                    server.get("/api/incidents/" + incident.path("id").asString() + "/alerts?limit=100000")) {
                stored.add(
                        alert.path("alert").path("annotations").path("identity").asString());
            }
        }
        assertThat(stored).doesNotHaveDuplicates().containsAll(accepted);
        for (JsonNode investigation : server.get("/api/investigations?limit=1000")) {
            String id = investigation.path("id").asString();
            JsonNode chain = server.get("/api/investigations/" + id + "/chain");
            assertThat(chain.path("intact").asBoolean()).isTrue();
            JsonNode summary = server.get("/api/investigations/" + id);
            assertThat(summary.path("verdict").path("path").get(0).asString())
                    .as(summary.toString())
                    .isEqualTo("anything");
            undisturbed
                    .belief()
                    .forEachEntry((cause, probability) -> assertThat(
                                    summary.path("belief").path(cause).asDouble(-1))
                            .as(id + ": " + cause)
                            .isCloseTo(probability.asDouble(), within(1e-12)));
            assertThat(summary.path("steps")).hasSize(3);
            resumed += chain.path("events").asInt() > undisturbed.events() ? 1 : 0;
        }
        return resumed;
    }
}
