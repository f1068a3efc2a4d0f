package dev.whydunit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.journal.ArtifactCheck.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCheckTest {
    @TempDir
    Path folder;

    private Artifact kept(FileArtifacts files, String name, String content) throws IOException {
        return files.keep(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Event ended(Artifact... artifacts) {
        return new Event.StepEnded(
                Instant.EPOCH,
                "wire",
                Optional.empty(),
                StepStatus.ENDED,
                1,
                "",
                Map.of(),
                true,
                List.of(artifacts),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aFileIsIntactMissingOrChanged() throws IOException {
        FileArtifacts files = new FileArtifacts(folder.resolve("artifacts"), 1_000);
        Artifact one = kept(files, "one.pcap", "one");
        Artifact two = kept(files, "two.pcap", "two");
        Artifact three = kept(files, "three.pcap", "three");
        Files.delete(files.path(two.sha256()));
        Files.writeString(files.path(three.sha256()), "other");
        Artifact forged = new Artifact("../../etc/passwd", 1, "../../etc/passwd");

        List<ArtifactCheck> checks = ArtifactCheck.of(List.of(ended(one, two), ended(three, one, forged)), files);

        assertThat(checks)
                .extracting(ArtifactCheck::state)
                .containsExactly(State.INTACT, State.MISSING, State.CHANGED, State.CHANGED);
        assertThat(checks.get(1).words()).contains("two.pcap", two.sha256());
        assertThat(checks.get(2).words()).contains("three.pcap was changed");
    }

    @Test
    void filesAndFoldersAreTheirOwnersAlone() throws IOException {
        FileArtifacts files = new FileArtifacts(folder.resolve("artifacts"), 1_000);
        Path file = files.path(kept(files, "one.pcap", "one").sha256());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }
}
