package dev.whydunit.step.logquery;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import dev.whydunit.source.log.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A context with one log source, at a fixed moment. */
record FixedContext(Optional<LogSource> logs, Instant anchor, Duration remaining) implements StepContext {
    static FixedContext of(LogSource logs) {
        return new FixedContext(Optional.of(logs), Instant.parse("2026-03-10T12:00:00Z"), Duration.ofSeconds(20));
    }

    FixedContext within(Duration limit) {
        return new FixedContext(logs, anchor, limit);
    }

    @Override
    public String step() {
        return "errors";
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(anchor);
    }

    @Override
    public <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable {
        return type.cast(logs.orElseThrow(() -> new SourceUnavailable("no log source is configured")));
    }

    @Override
    public Path baseDirectory() {
        return Path.of("");
    }

    @Override
    public Artifact keep(String suffix, InputStream content) throws IOException {
        throw new IOException("nothing is kept here");
    }

    @Override
    public void progress(String line) {}
}
