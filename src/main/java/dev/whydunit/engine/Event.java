package dev.whydunit.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that happened in an investigation. The append-only list of events is the investigation: its state, its
 * screens and its reports are folds over it.
 *
 * <p>Events hold plain data alone (text, numbers, lists, maps), so that any store can keep them and a later version can
 * read them.
 */
public sealed interface Event {
    /** When it happened. */
    Instant at();

    /**
     * The investigation began.
     *
     * @param anchor the moment that it is about
     * @param runbook what is executed
     * @param inputs the values of the runbook's inputs, as text where JSON has no type for them
     */
    record Started(
            Instant at,
            Instant anchor,
            RunbookFacts runbook,
            String environment,
            Trigger trigger,
            Map<String, Object> inputs,
            String symptom,
            Optional<String> expected)
            implements Event {}

    /** A step got a free slot, and why it and not another. Gain in bits, cost in seconds. */
    record StepChosen(Instant at, String step, String why, double gainBits, double costSeconds) implements Event {}

    /**
     * A step began to look.
     *
     * @param target the host or item that it looks at, empty when there is just one
     * @param query the query, command or filter as it is sent
     * @param attempt from 1
     */
    record StepStarted(Instant at, String step, Optional<String> target, String kind, String query, int attempt)
            implements Event {}

    /**
     * A step ended, in whichever way, on one target.
     *
     * @param seconds what it took
     * @param query the query, command or filter as it was sent; empty when it never got that far
     * @param result the kind's result, camelCase names; empty when nothing was seen
     * @param error why nothing was seen
     * @param help what to do about that
     */
    record StepEnded(
            Instant at,
            String step,
            Optional<String> target,
            StepStatus status,
            double seconds,
            String query,
            Map<String, Object> result,
            boolean hasData,
            List<Artifact> artifacts,
            List<String> caveats,
            Optional<String> error,
            Optional<String> help)
            implements Event {}

    /** A step was not run, and why. */
    record StepNotRun(Instant at, String step, StepStatus status, String why) implements Event {}

    /**
     * A finding was read from a step's observations, or could not be.
     *
     * @param finding its id within the step
     * @param outcome {@code true}, {@code false} or {@code unknown}
     * @param says the author's sentence when it is true; what was read, or why it could not be, otherwise
     * @param moved how far it pushes each hypothesis up or down, in nats, by path
     * @param target the host or item that decided it
     */
    record FindingRead(
            Instant at,
            String step,
            String finding,
            String outcome,
            String says,
            Map<String, Double> moved,
            Optional<String> target)
            implements Event {}

    /** The probability of every node of the tree, by path, after the evidence so far. */
    record BeliefMoved(Instant at, Map<String, Double> belief) implements Event {}

    /** Somebody was asked to allow a step that changes something. */
    record Approval(Instant at, String step, String command, boolean granted, String by) implements Event {}

    /**
     * What a step asked leave for was taken back before it was done: what it was asked for holds no more.
     *
     * @param why in one line
     */
    record ApprovalWithdrawn(Instant at, String step, String command, String why) implements Event {}

    /**
     * It is gone on with: it was cut off (its process or machine died), or it had ended and a person asked for more.
     *
     * @param again the steps that are looked at again: what was seen of them counts no more
     * @param left the steps that were cut off and are not, since they may have changed something
     */
    record Resumed(Instant at, List<String> again, List<String> left) implements Event {}

    /** What a person did or said. */
    sealed interface ByPerson extends Event {
        /** Who; what they are called where they did it. */
        String by();
    }

    /** A person noted something. It moves nothing. */
    record Noted(Instant at, String by, String text) implements ByPerson {}

    /**
     * A person ruled a hypothesis out: evidence against it as strong as a conclusive finding.
     *
     * @param hypothesis its path
     * @param moved how far it pushes each hypothesis, in nats, by path
     */
    record RuledOut(Instant at, String by, String hypothesis, String because, Map<String, Double> moved)
            implements ByPerson {}

    /**
     * A person says what it was. It moves nothing.
     *
     * @param hypothesis its path
     */
    record Confirmed(Instant at, String by, String hypothesis, String because) implements ByPerson {}

    /** The verdict, at the end; again at the next end when it was gone on with. */
    record Judged(Instant at, VerdictFacts verdict) implements Event {}

    /**
     * The investigation is over.
     *
     * @param ending how: {@code completed}, {@code interrupted} or {@code out_of_time}
     */
    record Ended(Instant at, String ending) implements Event {}
}
