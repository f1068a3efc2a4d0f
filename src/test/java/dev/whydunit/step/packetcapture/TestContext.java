package dev.whydunit.step.packetcapture;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A step's world for tests: artifacts go to a folder.
 *
 * @param listening is run when the capture begins
 */
record TestContext(Path folder, Duration remaining, Runnable listening) implements StepContext {
    TestContext(Path folder, Duration remaining) {
        this(folder, remaining, () -> {});
    }

    @Override
    public String step() {
        return "wire";
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Instant anchor() {
        return Instant.now();
    }

    @Override
    public <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable {
        throw new SourceUnavailable("none");
    }

    @Override
    public Path baseDirectory() {
        return folder;
    }

    @Override
    public Artifact keep(String suffix, InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        Path file = folder.resolve("artifact." + suffix);
        Files.write(file, bytes);
        try {
            String sum = HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
            return new Artifact(file.getFileName().toString(), bytes.length, sum);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void progress(String line) {
        if (line.startsWith("capturing on")) {
            listening.run();
        }
    }
}
