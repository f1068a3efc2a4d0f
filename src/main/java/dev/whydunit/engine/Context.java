package dev.whydunit.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What one attempt of a step sees of the world. */
final class Context implements StepContext {
    private final String step;
    private final Optional<String> target;
    private final World world;
    private final Recorder recorder;
    private final Instant anchor;
    private final Optional<Commands> commands;
    private final Optional<String> approvedBy;
    private final long deadline;
    private final AtomicInteger artifacts = new AtomicInteger();

    Context(
            String step,
            Optional<String> target,
            World world,
            Recorder recorder,
            Instant anchor,
            Optional<Commands> commands,
            Optional<String> approvedBy,
            Duration limit) {
        this.step = step;
        this.target = target;
        this.world = world;
        this.recorder = recorder;
        this.anchor = anchor;
        this.commands = commands;
        this.approvedBy = approvedBy;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public Optional<String> target() {
        return target;
    }

    @Override
    public InstantSource clock() {
        return world.clock();
    }

    @Override
    public Instant anchor() {
        return anchor;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable {
        return world.sources().find(type, name);
    }

    @Override
    public Optional<Commands> commands() {
        return commands;
    }

    @Override
    public Questions questions() {
        return world.questions();
    }

    @Override
    public Optional<String> approvedBy() {
        return approvedBy;
    }

    @Override
    public Path baseDirectory() {
        return world.baseDirectory();
    }

    @Override
    public Artifact keep(String suffix, InputStream content) throws IOException {
        String safe = suffix.replaceAll("[^A-Za-z0-9]", "");
        int number = artifacts.incrementAndGet();
        return world.artifacts().keep(step + (number == 1 ? "" : "-" + number) + "." + safe, content);
    }

    @Override
    public void progress(String line) {
        recorder.progress(step, line);
    }
}
