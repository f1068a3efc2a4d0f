package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.JournalEvents;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever shows or exports an investigation is told when a file that it kept is not what it was. */
class ArtifactsOnShowTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KEPT = "ab".repeat(32);

    @TempDir
    Path folder;

    @BeforeEach
    void keep() {
        try (JournalStore store = JournalStore.open(folder.resolve("state"));
                JournalWriter writer = store.begin("20260301-120000-abcd")) {
            writer.append(JournalEvents.started("slow_shop", NOW));
            writer.append(JournalEvents.ended("latency", StepStatus.ENDED, 1, NOW));
            writer.append(new Event.Ended(NOW, "completed"));
        }
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        Ran shown = new Program(folder).run("investigation", "show", "latest");

        assertThat(shown.exit()).isZero();
        assertThat(shown.err()).contains("latency.pcap").contains(KEPT).contains("not in this state directory");
    }

    @Test
    void aFileThatWasChangedIsNotToBeTrusted() throws Exception {
        Path file = new FileArtifacts(folder.resolve("state/artifacts"), 1_000).path(KEPT);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "something else");

        for (String[] command : new String[][] {
            {"investigation", "show", "latest", "-o", "json"},
            {"investigation", "export", "latest", "-o", "md"},
            {"export", "-o", "html"}
        }) {
            Ran shown = new Program(folder).run(command);
            assertThat(shown.exit()).as(command[0]).isEqualTo(1);
            assertThat(shown.err()).contains("latency.pcap was changed after it was kept");
            assertThat(shown.out()).isNotBlank();
        }
    }
}
