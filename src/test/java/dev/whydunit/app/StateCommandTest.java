package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import dev.whydunit.journal.JournalEvents;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.running.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandTest {
    @TempDir
    Path folder;

    private Program program = new Program(Path.of(""));

    @BeforeEach
    void prepare() {
        program = new Program(folder);
    }

    private void investigated(String id, int daysAgo) {
        try (JournalStore store = JournalStore.open(folder.resolve("state"));
                JournalWriter writer = store.begin(id)) {
            JournalEvents.ofOneInvestigation("web_slowdown", Instant.now().minus(Duration.ofDays(daysAgo)))
                    .forEach(writer::append);
        }
    }

    @Test
    void whatRetentionDoesNotKeepIsShownThenRemovedThenSaidToBeGone() {
        investigated("20260101-old", 100);
        investigated("20260201-young", 1);

        Ran dry = program.run("state", "prune", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(dry.out()).isEqualTo("would remove 1 investigation\n");
        Ran pruned = program.run("state", "prune");
        assertThat(pruned.exit()).isZero();
        assertThat(pruned.out()).isEqualTo("removed 1 investigation\n");
        assertThat(program.run("state", "prune").out()).isEqualTo("removed nothing\n");

        Ran show = program.run("investigation", "show", "20260101-old");
        assertThat(show.exit()).isEqualTo(1);
        assertThat(show.err())
                .contains("investigation 20260101-old was pruned on")
                .contains("verdict concluded, database.slow_query 98.6 %");
        assertThat(program.run("investigation", "rerun", "20260101-old").err()).contains("was pruned on");
        assertThat(program.run("investigation", "list").out())
                .contains("20260201-young")
                .doesNotContain("20260101-old");
    }

    @Test
    void aConfiguredAgeCounts() throws IOException {
        Files.writeString(folder.resolve("whydunit.yaml"), "retention: {investigations: 200d}\n");
        investigated("20260101-old", 100);
        investigated("20260201-young", 1);
        assertThat(program.run("state", "prune", "--dry-run").out()).isEqualTo("would remove nothing\n");
        Files.writeString(folder.resolve("whydunit.yaml"), "retention: {investigations: 5m, artifacts: much}\n");
        Ran wrong = program.run("state", "prune", "--dry-run");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("investigations must be at least 1d, not 5m; 100y keeps for ever");
    }

    @Test
    void nothingIsRemovedWhileTheClockIsInDoubt() {
        investigated("20260101-old", 100);
        Ran refused = program.run("state", "prune");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("nothing was removed")
                .contains("is the clock right?")
                .contains("--force");
        assertThat(program.run("state", "prune", "--force").out()).isEqualTo("removed 1 investigation\n");
    }

    @Test
    void aStateIsBackedUpAndRestored() throws IOException {
        investigated("20260101-a", 1);
        Ran backup = program.run("state", "backup", "backup.zip");
        assertThat(backup.exit()).as(backup.err()).isZero();
        assertThat(backup.out()).contains("backup.zip: ").contains("rows, 0 files");
        assertThat(backup.err()).contains("files that investigations refer to are not in it");
        assertThat(program.run("state", "backup", "backup.zip").err()).contains("is there already");

        assertThat(program.run("state", "restore", "backup.zip").err()).contains("--force replaces all of it");
        Program elsewhere = new Program(folder)
                .with("WHYDUNIT_STATE", folder.resolve("elsewhere").toString());
        Ran restored = elsewhere.run("state", "restore", "backup.zip");
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).startsWith("restored what was backed up on 20");
        assertThat(elsewhere.run("investigation", "show", "20260101-a").out()).contains("One query reads far more");
    }

    @Test
    void aStateThatAServerUsesIsNotReplaced() throws IOException {
        investigated("20260101-a", 1);
        program.run("state", "backup", "backup.zip");
        try (StateLock server = StateLock.take(folder.resolve("state")).orElseThrow()) {
            Ran refused = program.run("state", "restore", "backup.zip", "--force");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("a server uses");
        }
        assertThat(program.run("state", "restore", "backup.zip", "--force").exit())
                .isZero();
    }
}
