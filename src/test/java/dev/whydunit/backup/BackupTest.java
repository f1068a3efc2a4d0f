package dev.whydunit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalEvents;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    /** Written by the program when its schema was of version 9; see the README beside it. */
    private static final Path OLDER = Path.of("src/test/resources/golden/databases/v9-backup.zip");

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path folder;

    private int states;

    /** A state directory, open. */
    private final class State implements AutoCloseable {
        final Path at;
        final Database database;
        final JournalStore journal;
        final FileArtifacts artifacts;

        State(String name) throws SQLException {
            at = folder.resolve(name);
            database = Database.embedded(at.resolve("journal.db"));
            journal = new JournalStore(database);
            artifacts = new FileArtifacts(at.resolve("artifacts"), 1 << 20);
        }

        Artifact investigated(String id, String file) throws IOException {
            Artifact kept = artifacts.keep("a.pcap", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
            List<Event> events = new ArrayList<>(JournalEvents.ofOneInvestigation("web_slowdown", NOON));
            events.set(
                    3,
                    new Event.StepEnded(
                            NOON,
                            "wire",
                            Optional.empty(),
                            StepStatus.ENDED,
                            1,
                            "",
                            Map.of("text", "a\nb \u20ac \"quoted\""),
                            true,
                            List.of(kept),
                            List.of(),
                            Optional.empty(),
                            Optional.empty()));
            try (JournalWriter writer = journal.begin(id)) {
                events.forEach(writer::append);
            }
            return kept;
        }

        Backup.Written backup(Path file) throws BackupFailure {
            return new Backup(database, artifacts).write(file, false, NOON);
        }

        Restore.Restored restore(Path file, boolean replace) throws BackupFailure {
            return new Restore(database, artifacts).read(file, replace);
        }

        List<String> ids() {
            return journal.list(100).stream().map(line -> line.id()).sorted().toList();
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    private Path archive() {
        return folder.resolve("backup.zip");
    }

    @Test
    void whatWasBackedUpComesBackAsItWas() throws Exception {
        Artifact file;
        List<Event> events;
        try (State first = new State("first")) {
            file = first.investigated("a1", "packets");
            first.investigated("a2", "other packets");
            first.database
                    .commits()
                    .submit(connection -> Statements.update(
                            connection,
                            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                                    + " values ('investigate', 'a2', '2026-01-02T12:00:00.000000Z', 1, 7)"))
                    .join();
            events = first.journal.events("a1").events();
            Backup.Written written = first.backup(archive());
            assertThat(written.files()).isEqualTo(2);
            assertThat(written.missing()).isEmpty();
            assertThat(written.bytes()).isEqualTo(Files.size(archive()));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive())))
                .isEqualTo("rw-------");

        try (State second = new State("second")) {
            Restore.Restored restored = second.restore(archive(), false);
            assertThat(restored.createdAt()).isEqualTo(NOON.toString());
            assertThat(restored.changed()).isEmpty();
            assertThat(second.ids()).containsExactly("a1", "a2");
            assertThat(second.journal.events("a1").intact()).isTrue();
            assertThat(second.journal.events("a1").events()).isEqualTo(events);
            assertThat(second.artifacts.verify(file.sha256())).isTrue();
            String task = second.database
                    .read(connection -> Statements.select(
                            connection,
                            row -> row.getString("task_instance") + " " + row.getString("execution_time") + " "
                                    + row.getBoolean("picked") + " " + row.getLong("version") + " "
                                    + row.getString("picked_by"),
                            "select * from scheduled_tasks"))
                    .getFirst();
            assertThat(task).isEqualTo("a2 2026-01-02T12:00:00.000000Z true 7 null");
            // What a migration put in is not there twice.
            assertThat(second.database
                            .read(connection ->
                                    Statements.select(connection, row -> row.getInt(1), "select count(*) from held"))
                            .getFirst())
                    .isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyOnRequest() throws Exception {
        try (State first = new State("first")) {
            first.investigated("a1", "packets");
            Files.writeString(archive(), "precious");
            assertThatThrownBy(() -> first.backup(archive()))
                    .isInstanceOf(BackupFailure.class)
                    .hasMessageContaining("is there already");
            assertThat(archive()).hasContent("precious");
            new Backup(first.database, first.artifacts).write(archive(), true, NOON);
            assertThat(Files.list(folder).map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("backup.zip", "first");
        }
    }

    @Test
    void whatIsThereIsReplacedOnlyOnRequestAndThenAllOfIt() throws Exception {
        try (State first = new State("first");
                State second = new State("second")) {
            first.investigated("a1", "packets");
            first.backup(archive());
            second.investigated("b1", "others");
            assertThatThrownBy(() -> second.restore(archive(), false))
                    .isInstanceOf(BackupFailure.class)
                    .hasMessageContaining("--force");
            assertThat(second.ids()).containsExactly("b1");
            second.restore(archive(), true);
            assertThat(second.ids()).containsExactly("a1");
        }
    }

    @Test
    void aFileThatIsGoneOrChangedIsSaid() throws Exception {
        try (State first = new State("first")) {
            Artifact gone = first.investigated("a1", "packets");
            Artifact changed = first.investigated("a2", "other packets");
            Files.delete(first.artifacts.path(gone.sha256()));
            Files.writeString(first.artifacts.path(changed.sha256()), "forged");
            assertThat(first.backup(archive()).missing()).containsExactlyInAnyOrder(gone.sha256(), changed.sha256());
            try (State second = new State("second")) {
                assertThat(second.restore(archive(), false).missing()).hasSize(2);
            }
        }
    }

    @Test
    void eventsThatWereChangedBeforeAreSaidToBe() throws Exception {
        try (State first = new State("first");
                State second = new State("second")) {
            first.investigated("a1", "packets");
            first.investigated("a2", "other packets");
            first.database
                    .commits()
                    .submit(
                            connection -> Statements.update(
                                    connection,
                                    "update event set body = replace(body, 'concluded', 'narrowed') where investigation = 'a2' and type = 'judged'"))
                    .join();
            first.backup(archive());
            assertThat(second.restore(archive(), false).changed()).containsExactly("a2");
            assertThat(second.journal.events("a2").intact()).isFalse();
        }
    }

    /** The archive again, with its entries by name changed. */
    private void rewrite(UnaryOperator<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(archive().toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        try (OutputStream out = Files.newOutputStream(archive());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : change.apply(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static byte[] replaced(byte[] text, String from, String to) {
        return new String(text, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private void isRefused(String why) throws Exception {
        try (State second = new State("state" + ++states)) {
            second.investigated("b1", "others");
            assertThatThrownBy(() -> second.restore(archive(), true))
                    .isInstanceOf(BackupFailure.class)
                    .hasMessageContaining(why);
            assertThat(second.ids()).containsExactly("b1");
            assertThat(second.journal.events("b1").intact()).isTrue();
        }
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    private void backedUp() throws Exception {
        try (State first = new State("first")) {
            first.investigated("a1", "packets");
            first.backup(archive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/tmp/evil", "artifacts/../../evil", "tables/..\\evil", "evil"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws Exception {
        backedUp();
        rewrite(entries -> {
            entries.put(name, "evil".getBytes(StandardCharsets.UTF_8));
            return entries;
        });
        isRefused("its manifest does not name");
        rewrite(entries -> {
            entries.computeIfPresent(
                    "manifest.json",
                    (manifest, text) -> replaced(
                            text,
                            "\"entries\":[",
                            "\"entries\":[{\"name\":\"" + name.replace("\\", "\\\\")
                                    + "\",\"bytes\":4,\"sha256\":\"x\",\"rows\":0},"));
            return entries;
        });
        isRefused("which no backup holds");
    }

    @Test
    void anArchiveThatIsNotAsItWasWrittenIsRefusedBeforeAnythingIsReplaced() throws Exception {
        backedUp();
        rewrite(entries -> {
            entries.computeIfPresent("tables/event.jsonl", (name, text) -> replaced(text, "concluded", "ConcludeD"));
            return entries;
        });
        isRefused("is not what was backed up");
        rewrite(entries -> {
            entries.remove("tables/event.jsonl");
            return entries;
        });
        isRefused("does not hold what its manifest names");
        rewrite(entries -> {
            entries.put("tables/event.jsonl", new byte[10_000_000]);
            return entries;
        });
        isRefused("longer than its manifest says");
        rewrite(entries -> {
            entries.remove("manifest.json");
            return entries;
        });
        isRefused("no backup of whydunit");
        Files.write(archive(), new byte[] {'P', 'K', 3, 4, 0, 0});
        isRefused("is no backup, or was cut off");
    }

    @Test
    void aBackupOfAnEarlierVersionIsRestoredAndWhatFiredThenFires() throws Exception {
        try (State state = new State("state")) {
            // What is there is replaced, by another of the same name too.
            state.restore(OLDER, false);
            Restore.Restored restored = state.restore(OLDER, true);
            assertThat(restored.changed()).isEmpty();
            List<String> firing = state.database.read(connection -> Statements.select(
                    connection,
                    row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
                    "select incident, fingerprint, service from firing_alert order by fingerprint"));
            assertThat(firing).containsExactly("inc-1 f1 shop", "inc-1 f3 ");
        }
        // Opened once more: the schema is today's.
        try (State again = new State("state")) {
            assertThat(again.ids()).hasSize(4);
        }
    }

    @Test
    void aBackupOfALaterVersionIsRefused() throws Exception {
        backedUp();
        rewrite(entries -> {
            entries.computeIfPresent(
                    "manifest.json", (name, text) -> replaced(text, "\"databaseSchema\":", "\"databaseSchema\":99"));
            return entries;
        });
        isRefused("restore it with a newer whydunit");
    }
}
