package dev.whydunit.step.metriccheck;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.StepContext;
import dev.whydunit.source.metric.MetricSource;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A world with one source of metrics and nothing else. */
record SourceOnlyContext(MetricSource source, Instant anchor, Duration remaining) implements StepContext {
    @Override
    public String step() {
        return "latency";
    }

    @Override
    public InstantSource clock() {
        return () -> anchor;
    }

    @Override
    public <S> S source(Class<S> type, Optional<String> name) {
        return type.cast(source);
    }

    @Override
    public Path baseDirectory() {
        return Path.of(".");
    }

    @Override
    public Artifact keep(String suffix, InputStream content) {
        throw new AssertionError("a metric_check keeps nothing");
    }

    @Override
    public void progress(String line) {
        // Nobody looks.
    }
}
