package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed at random moments under load, while a person allows what steps want to change. No alert that it accepted is lost, no event is
 * lost or there twice, no step that changes something is done twice, and belief comes out as that of an investigation that nobody disturbs. {@code
 * -Dwhydunit.crashes=100} for more crashes than two.
 */
class ServerCrashIT {
    private static final int SENDERS = 4;
    private static final int LIVES = Integer.getInteger("whydunit.crashes", 2);
    /** The API lists a thousand investigations: so many are not to be exceeded. */
    private static final int ALERTS_OF_ONE_SERVICE = 25 * Math.max(1, LIVES / 5);

    private static final List<String> WRITES = List.of("restart", "flush");
    private static final String RUNBOOK = """
            runbook: writes
            title: Steps that look and steps that change something
            symptom: ${{ inputs.service }} is odd
            triggers:
              - matchers: ['alertname="Odd"']
            inputs:
              service: {type: string, from: alert.labels.service}
            hypotheses:
              one_thing: {claim: One thing, remedy: Look.}
              another: {claim: Another}
            steps:
              one: {host_command: {script: 'sleep 0.1; echo one'}, findings: {said: {when: 'stdout.contains("one")', supports: {one_thing: weak}}}}
              restart: {effect: write, always: true, needs: [one], host_command: {run: ['%1$s/act.sh', restart, '${{ inputs.service }}', '%1$s/done']}}
              two: {needs: [restart], always: true, host_command: {script: 'sleep 0.1; echo two'}, findings: {said: {when: 'stdout.contains("two")', supports: {one_thing: weak}}}}
              flush: {effect: write, always: true, needs: [two], host_command: {run: ['%1$s/act.sh', flush, '${{ inputs.service }}', '%1$s/done']}}
              three: {needs: [flush], always: true, host_command: {script: 'sleep 0.1; echo three'}, findings: {said: {when: 'stdout.contains("three")', refutes: {another: weak}}}}
            """;

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
    /** The most events that were ever seen of an investigation: what the server has shown it has kept. */
    private final Map<String, List<JsonNode>> shown = new ConcurrentHashMap<>();

    @Test
    void withTheEmbeddedDatabase() throws Exception {
        loseNothing("SQLite", "");
    }

    @Test
    void withPostgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            loseNothing(
                    "PostgreSQL",
                    "database: {url: '" + postgres.getJdbcUrl("postgres", "postgres")
                            + "', user: postgres, password: 'env:DB_PASSWORD'}\n");
        }
    }

    private void loseNothing(String name, String database) throws Exception {
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/writes.yaml"), RUNBOOK.formatted(folder));
        Files.writeString(folder.resolve("act.sh"), "#!/bin/sh\necho \"$1 $2\" >>\"$3\"\nsleep 0.1\n");
        Files.setPosixFilePermissions(folder.resolve("act.sh"), PosixFilePermissions.fromString("rwx------"));
        Path configuration = Files.writeString(
                folder.resolve("whydunit.yaml"),
                "receivers:\n  open: {kind: generic, auth: none, per_minute: 600000}\nrunbooks: [books]\n"
                        + "policy: {writes: {allow: ['" + folder.resolve("act.sh") + "'], expires: 10m}}\n" + database);
        Path state = folder.resolve("state");
        Random random = new Random(7);
        for (int life = 0; life < LIVES; life++) {
            ServerProcess server = new ServerProcess(configuration, state);
            try {
                underLoad(server, life, Duration.ofMillis(random.nextInt(2500)));
            } finally {
                server.kill();
            }
        }
        assertThat(accepted).hasSizeGreaterThan(LIVES);
        try (ServerProcess server = new ServerProcess(configuration, state);
                ExecutorService person = Executors.newSingleThreadExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            person.execute(() -> allow(server, over));
            try {
                // Nobody disturbs this one.
                assertThat(send(server, "last", "undisturbed")).isEqualTo(202);
                await().atMost(Duration.ofSeconds(90L + 2L * LIVES)).until(() -> allEnded(server));
            } finally {
                over.set(true);
            }
            alertsAreThereOnce(server);
            Counted counted = investigationsAreAsIfUndisturbed(server);
            assertThat(counted.resumed()).as("investigations that were cut off").isPositive();
            System.out.printf(
                    "%d crashes on %s: %d alerts accepted, none lost, none twice; %d investigations, %d of them cut off and resumed;"
                            + " %d writes, none twice, %d left to a person%n",
                    LIVES, name, accepted.size(), counted.all(), counted.resumed(), writes().size(), counted.left());
        }
    }

    private static int send(ServerProcess server, String id, String service) {
        return server.post(
                "/webhooks/open", "{\"id\": \"%s\", \"title\": \"Odd\", \"service\": \"%s\"}".formatted(id, service));
    }

    private void underLoad(ServerProcess server, int life, Duration time) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService others = Executors.newFixedThreadPool(SENDERS + 2)) {
            for (int sender = 0; sender < SENDERS; sender++) {
                String prefix = life + "-" + sender + "-";
                others.execute(() -> {
                    for (int i = 0; !over.get(); i++) {
                        if (send(server, prefix + i, prefix + i / ALERTS_OF_ONE_SERVICE) == 202) {
                            accepted.add(prefix + i);
                        }
                    }
                });
            }
            others.execute(() -> allow(server, over));
            others.execute(() -> watch(server, over));
            // Something is going on; then the moment is random, not awaited: there is no condition to wait for.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !server.get("/api/approvals").isEmpty());
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            server.kill();
            over.set(true);
        }
    }

    /** A person who allows whatever is asked, by the API, until told that it is over. */
    private static void allow(ServerProcess server, AtomicBoolean over) {
        repeat(over, () -> {
            for (JsonNode asked : server.get("/api/approvals")) {
                server.exchange(
                        "POST",
                        "/api/approvals/" + asked.path("id").asString(),
                        "{\"granted\": true, \"sha256\": \""
                                + asked.path("sha256").asString() + "\"}");
            }
        });
    }

    /** Remembers what the server shows of the newest investigations. */
    private void watch(ServerProcess server, AtomicBoolean over) {
        repeat(over, () -> {
            for (JsonNode investigation : server.get("/api/investigations?limit=10")) {
                String id = investigation.path("id").asString();
                List<JsonNode> events = events(server, id);
                shown.merge(id, events, (before, now) -> now.size() > before.size() ? now : before);
            }
        });
    }

    private interface Round {
        void go() throws Exception;
    }

    private static void repeat(AtomicBoolean over, Round round) {
        while (!over.get()) {
            try {
                round.go();
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                // It is being killed; whoever set that going says when it is over.
                Thread.onSpinWait();
            }
        }
    }

    private static List<JsonNode> events(ServerProcess server, String id) throws Exception {
        return StreamSupport.stream(
                        server.get("/api/investigations/" + id + "/journal")
                                .path("events")
                                .spliterator(),
                        false)
                .toList();
    }

    /** Each incident has its investigation, and each investigation its end. */
    private static boolean allEnded(ServerProcess server) throws Exception {
        JsonNode investigations = server.get("/api/investigations?limit=1000");
        for (JsonNode investigation : investigations) {
            if (investigation.path("endedAt").isNull()) {
                return false;
            }
        }
        return server.get("/api/incidents?limit=1000").size() == investigations.size();
    }

    private static JsonNode undisturbed(ServerProcess server) throws Exception {
        for (JsonNode investigation : server.get("/api/investigations?limit=1000")) {
            JsonNode summary =
                    server.get("/api/investigations/" + investigation.path("id").asString());
            if (summary.path("symptom").asString().equals("undisturbed is odd")) {
                return summary;
            }
        }
        throw new AssertionError("the last alert was not investigated");
    }

    private void alertsAreThereOnce(ServerProcess server) throws Exception {
        List<String> stored = new ArrayList<>();
        for (JsonNode incident : server.get("/api/incidents?limit=1000")) {
            for (JsonNode alert :
                    server.get("/api/incidents/" + incident.path("id").asString() + "/alerts?limit=100000")) {
                stored.add(
                        alert.path("alert").path("annotations").path("identity").asString());
            }
        }
        assertThat(stored).doesNotHaveDuplicates().containsAll(new HashSet<>(accepted));
    }

    private List<String> writes() throws Exception {
        Path done = folder.resolve("done");
        return Files.exists(done) ? Files.readAllLines(done) : List.of();
    }

    private record Counted(int all, int resumed, int left) {}

    private Counted investigationsAreAsIfUndisturbed(ServerProcess server) throws Exception {
        List<String> writes = writes();
        assertThat(writes).doesNotHaveDuplicates().contains("restart undisturbed", "flush undisturbed");
        JsonNode investigations = server.get("/api/investigations?limit=1000");
        assertThat(investigations.size()).isLessThan(1000);
        JsonNode undisturbed = undisturbed(server);
        Set<String> known = new HashSet<>();
        int resumed = 0;
        int left = 0;
        for (JsonNode investigation : investigations) {
            String id = investigation.path("id").asString();
            known.add(id);
            JsonNode summary = server.get("/api/investigations/" + id);
            String service = summary.path("inputs").path("service").asString();
            assertThat(server.get("/api/investigations/" + id + "/chain")
                            .path("intact")
                            .asBoolean())
                    .isTrue();
            List<JsonNode> events = events(server, id);
            eventsAreThereOnce(id, events);
            undisturbed
                    .path("belief")
                    .forEachEntry((cause, probability) -> assertThat(
                                    summary.path("belief").path(cause).asDouble(-1))
                            .as(id + ": " + cause)
                            .isCloseTo(probability.asDouble(), within(1e-12)));
            assertThat(summary.path("verdict").path("path"))
                    .isEqualTo(undisturbed.path("verdict").path("path"));
            assertThat(summary.path("steps")).hasSize(5);
            for (JsonNode step : summary.path("steps")) {
                String name = step.path("id").asString();
                String status = step.path("status").asString();
                if (WRITES.contains(name) && status.equals("denied")) {
                    assertThat(summary.path("notChecked").toString())
                            .as(id + ": " + name)
                            .contains("was cut off when it may have changed something already");
                    left++;
                } else {
                    assertThat(status).as(id + ": " + name).isEqualTo("ended");
                    assertThat(!WRITES.contains(name) || writes.contains(name + " " + service))
                            .as(id + ": " + name + " was done")
                            .isTrue();
                }
            }
            resumed += events.stream()
                            .anyMatch(event -> event.path("type").asString().equals("resumed"))
                    ? 1
                    : 0;
        }
        assertThat(known).containsAll(shown.keySet());
        return new Counted(known.size(), resumed, left);
    }

    private void eventsAreThereOnce(String id, List<JsonNode> events) {
        List<JsonNode> before = shown.getOrDefault(id, List.of());
        assertThat(events.subList(0, Math.min(before.size(), events.size())))
                .as(id + ": what was shown is there")
                .isEqualTo(before);
        for (String type : List.of("started", "judged", "ended")) {
            assertThat(events.stream()
                            .filter(event -> event.path("type").asString().equals(type)))
                    .as(id + ": " + type)
                    .hasSize(1);
        }
        assertThat(events.stream()
                        .filter(event -> event.path("type").asString().equals("step_ended"))
                        .map(event -> event.path("step").asString()))
                .as(id + ": steps that ended")
                .doesNotHaveDuplicates();
    }
}
