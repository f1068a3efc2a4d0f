package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whydunit.backup.Backup;
import dev.whydunit.backup.Restore;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalEvents;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.journal.OlderDatabases;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is kept: backed up under load and restored into either database, left by an earlier version, pruned by the server itself. */
class KeptStateIT {
    private static final int SENDERS = 3;

    @TempDir
    Path folder;

    private Path state;

    @BeforeEach
    void prepare() throws IOException {
        state = folder.resolve("state");
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/old_times.yaml"), OlderDatabases.runbook());
    }

    private Path configuration(String more) throws IOException {
        return Files.writeString(
                folder.resolve("whydunit.yaml"),
                "receivers:\n  open: {kind: generic, auth: none, per_minute: 600000}\nrunbooks: [books]\n" + more);
    }

    private static FileArtifacts artifacts(Path state) {
        return new FileArtifacts(state.resolve("artifacts"), 1 << 20);
    }

    private static Map<String, Integer> counts(Database database) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String table : List.of("investigation", "event", "alert", "incident", "incident_event", "token", "held")) {
            counts.put(
                    table,
                    database.read(connection -> Statements.select(
                                    connection, row -> row.getInt(1), "select count(*) from " + table))
                            .getFirst());
        }
        return counts;
    }

    @Test
    void aBackupUnderLoadIsRestoredIntoEitherDatabaseAndGoneOnWith() throws Exception {
        Path configuration = configuration("");
        Path archive = folder.resolve("backup.zip");
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        Set<String> before = new HashSet<>();
        AtomicBoolean over = new AtomicBoolean();
        try (ServerProcess server = new ServerProcess(configuration, state);
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int sender = 0; sender < SENDERS; sender++) {
                String prefix = sender + "-";
                senders.execute(() -> {
                    for (int i = 0; !over.get(); i++) {
                        String id = prefix + i;
                        if (server.post(
                                        "/webhooks/open",
                                        "{\"id\": \"%s\", \"title\": \"Odd\", \"service\": \"%s\"}"
                                                .formatted(id, prefix + i / 20))
                                == 202) {
                            accepted.add(id);
                        }
                    }
                });
            }
            try {
                await().atMost(Duration.ofSeconds(30)).until(() -> accepted.size() > 150);
                try (Database database = Database.embedded(state.resolve("journal.db"))) {
                    before.addAll(accepted);
                    new Backup(database, artifacts(state)).write(archive, false, Instant.now());
                }
                int then = accepted.size();
                // The load went on meanwhile, and after it.
                await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() > then + 10);
            } finally {
                over.set(true);
            }
            server.kill();
        }
        remove(state);

        Map<String, Integer> counts;
        try (Database database = Database.embedded(state.resolve("journal.db"))) {
            Restore.Restored restored = new Restore(database, artifacts(state)).read(archive, false);
            assertThat(restored.changed()).isEmpty();
            counts = counts(database);
        }
        try (ServerProcess server = new ServerProcess(configuration, state)) {
            everythingIsThereAndGoesOn(server, before);
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            Path other = folder.resolve("other");
            try (Database database = Database.postgres(url, "postgres", "postgres")) {
                new Restore(database, artifacts(other)).read(archive, false);
                assertThat(counts(database)).isEqualTo(counts);
                // And back again: what comes out of PostgreSQL is what went in.
                Path again = folder.resolve("again.zip");
                new Backup(database, artifacts(other)).write(again, false, Instant.now());
                try (Database third = Database.embedded(folder.resolve("third/journal.db"))) {
                    Restore.Restored restored =
                            new Restore(third, artifacts(folder.resolve("third"))).read(again, false);
                    assertThat(restored.changed()).isEmpty();
                    assertThat(counts(third)).isEqualTo(counts);
                }
            }
            Path onPostgres =
                    configuration("database: {url: '" + url + "', user: postgres, password: 'env:DB_PASSWORD'}\n");
            try (ServerProcess server = new ServerProcess(onPostgres, other)) {
                everythingIsThereAndGoesOn(server, before);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void everythingIsThereAndGoesOn(ServerProcess server, Set<String> accepted) throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(() -> allEnded(server));
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
            assertThat(server.get("/api/investigations/"
                                    + investigation.path("id").asString() + "/chain")
                            .path("intact")
                            .asBoolean())
                    .isTrue();
        }
        assertThat(server.post("/webhooks/open", "{\"title\": \"Odd\", \"service\": \"new\"}"))
                .isEqualTo(202);
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

    private RunningServer server() throws Exception {
        return new RunningServer(
                folder, "receivers:\n  open: {kind: generic, auth: none}\nrunbooks: [books]\n", Map.of());
    }

    @Test
    void whatAnEarlierVersionLeftWaitingIsDone() throws Exception {
        OlderDatabases.put(2, state);
        try (RunningServer server = server()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                JsonNode investigations =
                        server.get("/api/investigations", RunningServer.ADMIN).json();
                assertThat(investigations).hasSize(3);
                return !investigations.get(0).path("endedAt").isNull();
            });
            assertThat(server.get("/api/incidents/inc-3", RunningServer.ADMIN)
                            .json()
                            .path("title")
                            .asString())
                    .isEqualTo("Odd (late)");
            // What was delivered to that version is known.
            RunningServer.Answer again = server.post(
                    "/webhooks/open",
                    "{\"id\": \"a1\", \"title\": \"Odd\", \"service\": \"shop\", \"starts_at\": \"2026-11-23T16:57:45.250281771Z\"}",
                    Map.of());
            assertThat(again.body()).contains("\"accepted\":0").contains("inc-1");
        }
    }

    @Test
    void theServerPrunesByItself() throws Exception {
        Instant now = Instant.now();
        try (JournalStore store = JournalStore.open(state)) {
            for (String id : List.of("old", "young")) {
                try (JournalWriter writer = store.begin(id)) {
                    JournalEvents.ofOneInvestigation(
                                    "web_slowdown", now.minus(Duration.ofDays(id.equals("old") ? 100 : 1)))
                            .forEach(writer::append);
                }
            }
        }
        artifacts(state).keep("a", new ByteArrayInputStream("young".getBytes(StandardCharsets.UTF_8)));
        try (RunningServer server = server()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.get("/api/investigations/old", RunningServer.ADMIN)
                                    .status()
                            == 410);
            assertThat(server.get("/api/investigations/old", RunningServer.ADMIN)
                            .body())
                    .contains("investigation old was pruned on");
            assertThat(server.get("/api/investigations/old/chain", RunningServer.ADMIN)
                            .status())
                    .isEqualTo(410);
            assertThat(server.get("/api/investigations/young", RunningServer.ADMIN)
                            .status())
                    .isEqualTo(200);
            assertThat(server.get("/api/investigations/never", RunningServer.ADMIN)
                            .status())
                    .isEqualTo(404);
            assertThat(server.get("/actuator/prometheus", RunningServer.ADMIN).body())
                    .containsPattern("whydunit_retention_removed_total\\{what=\"investigations\"\\} 1");
        }
        try (JournalStore store = JournalStore.open(state)) {
            assertThat(store.list(10).stream().map(StoredInvestigation::id)).containsExactly("young");
        }
    }
}
