package dev.whydunit.engine;

import dev.whydunit.runbook.KindSignature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of diagnostic action. One folder under {@code step} holds all of a kind; registering it is one line.
 *
 * <p>Thread-safe: one instance serves all steps of all investigations.
 *
 * @param <P> its parameters, bound from the step with every expression already put in
 */
public interface StepKind<P extends Record> {
    /** Its name and types. */
    KindSignature signature();

    /**
     * The query, command or filter as it will be sent, ready to paste into the tool that an engineer would use by hand.
     * Does no I/O. Values from outside are quoted for that tool.
     */
    String rendered(P parameters);

    /** What this very step will take, such as a capture's duration; the kind's default unless it knows better. */
    default Duration cost(P parameters) {
        return signature().cost();
    }

    /**
     * Whether nothing to look at means that the question stays open, when the step does not say {@code expect_data}. True
     * for queries with a baseline.
     */
    default boolean expectsData(P parameters) {
        return false;
    }

    /** Whether it always changes something: a step of this kind asks a person each time, whatever it says itself. */
    default boolean writes() {
        return false;
    }

    /** What it reaches for with these parameters; policy is asked about each. */
    default List<Touch> touches(P parameters) {
        return List.of();
    }

    /** How what it does is taken back, for the person who is asked to allow it; empty where the step does not say. */
    default Optional<String> undo(P parameters) {
        return Optional.empty();
    }

    /**
     * Looks once. Runs on a virtual thread that is interrupted at the time limit or when the investigation is stopped;
     * it must then end whatever it started (child processes and grandchildren, connections) and throw.
     *
     * @return what was seen, or why nothing could be seen; never an invented result
     * @throws InterruptedException when it was interrupted
     * @throws Exception any other failure: the step is then failed, with the exception's message
     */
    Observation observe(P parameters, StepContext context) throws Exception;
}
