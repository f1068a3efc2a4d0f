package dev.whydunit.step;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.SourceUnavailable;
import dev.whydunit.engine.StepContext;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The world of one step in a test: a time limit that runs, a folder, at most one source. */
public final class TestStepContext implements StepContext {
    private final Path folder;
    private final long end;
    private final Instant anchor;
    private final Optional<Object> source;

    private TestStepContext(Path folder, Duration limit, Instant anchor, Optional<Object> source) {
        this.folder = folder;
        this.end = System.nanoTime() + limit.toNanos();
        this.anchor = anchor;
        this.source = source;
    }

    public static TestStepContext in(Path folder, Duration limit) {
        return new TestStepContext(folder, limit, Instant.now(), Optional.empty());
    }

    public TestStepContext withSource(Object theSource) {
        return new TestStepContext(folder, remaining(), anchor, Optional.of(theSource));
    }

    public TestStepContext at(Instant theAnchor) {
        return new TestStepContext(folder, remaining(), theAnchor, source);
    }

    @Override
    public String step() {
        return "tested";
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Instant anchor() {
        return anchor;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    @Override
    public <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable {
        return source.filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new SourceUnavailable("no source of this kind is configured"));
    }

    @Override
    public Path baseDirectory() {
        return folder;
    }

    @Override
    public Artifact keep(String suffix, InputStream content) {
        throw new UnsupportedOperationException("no step of these tests keeps files");
    }

    @Override
    public void progress(String line) {
        // The tests look at results only.
    }
}
