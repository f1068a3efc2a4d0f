package dev.whydunit.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The world as one execution of a step may see it. */
public interface StepContext {
    /** The step's id, for messages and artifact names. */
    String step();

    /** The host or item of several that is looked at; empty when there is just one. */
    default Optional<String> target() {
        return Optional.empty();
    }

    /** The clock; tests inject their own. */
    InstantSource clock();

    /**
     * The moment that the investigation is about: the alert's time or the start of the investigation. Windows such as
     * {@code over: 15m} end here.
     */
    Instant anchor();

    /** What is left of the step's time limit. */
    Duration remaining();

    /**
     * The source that the step names, or the only one configured that is of this type.
     *
     * @param name the step's {@code source} parameter; empty when it has none
     * @throws SourceUnavailable when there is none, there are several, or it cannot be opened; the message says what to do
     */
    <S> S source(Class<S> type, Optional<String> name) throws SourceUnavailable;

    /** How commands are run on the host that the step looks at; empty when it is this machine. */
    default Optional<Commands> commands() {
        return Optional.empty();
    }

    /** The people who may be asked. */
    default Questions questions() {
        return Questions.nobody();
    }

    /** Who allowed this very attempt; empty for a step that did not ask. */
    default Optional<String> approvedBy() {
        return Optional.empty();
    }

    /** The folder that relative paths of the runbook and its configuration are resolved against. */
    Path baseDirectory();

    /**
     * Keeps a file with the investigation.
     *
     * @param suffix the ending of the generated name, such as {@code pcap}
     * @throws IOException when it cannot be stored or is larger than the limit for artifacts
     */
    Artifact keep(String suffix, InputStream content) throws IOException;

    /** Tells the screen how it is going: one short line, replaced by the next. Not journaled. */
    void progress(String line);
}
