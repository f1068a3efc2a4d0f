package dev.whydunit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.engine.Artifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactsTest {
    @TempDir
    Path folder;

    @Test
    void aFileIsStoredByTheHashOfItsContent() throws IOException {
        FileArtifacts artifacts = new FileArtifacts(folder, 100);

        Artifact artifact = artifacts.keep("wire.pcap", text("abc"));

        assertThat(artifact)
                .isEqualTo(new Artifact(
                        "wire.pcap", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(artifacts.path(artifact.sha256())).hasContent("abc");
        assertThat(artifacts.verify(artifact.sha256())).isTrue();
    }

    @Test
    void aFileThatWasChangedNoLongerVerifies() throws IOException {
        FileArtifacts artifacts = new FileArtifacts(folder, 100);
        Artifact artifact = artifacts.keep("wire.pcap", text("abc"));

        Files.writeString(artifacts.path(artifact.sha256()), "abd");

        assertThat(artifacts.verify(artifact.sha256())).isFalse();
    }

    @Test
    void aFileBeyondTheLimitIsRefusedAndLeavesNothing() throws IOException {
        FileArtifacts artifacts = new FileArtifacts(folder, 2);

        assertThatThrownBy(() -> artifacts.keep("wire.pcap", text("abc")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wire.pcap is larger than the limit for artifacts, 2 bytes");
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile).toList()).isEqualTo(List.of());
        }
    }

    @Test
    void noPathOutsideTheFolderCanBeAskedFor() {
        FileArtifacts artifacts = new FileArtifacts(folder, 100);

        assertThatThrownBy(() -> artifacts.path("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
