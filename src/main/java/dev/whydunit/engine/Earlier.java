package dev.whydunit.engine;

import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.runbook.BindFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the journal of an investigation that was cut off says of its steps. */
final class Earlier {
    /** A step in the journal: what began, what ended, what was read of it. */
    private static final class Traces {
        private boolean began;
        private boolean touched;
        private final Map<Optional<String>, Event.StepEnded> ended = new LinkedHashMap<>();
        private Optional<Event.StepNotRun> notRun = Optional.empty();
        private final Map<String, Event.FindingRead> findings = new LinkedHashMap<>();
    }

    private final Map<String, Traces> steps = new LinkedHashMap<>();
    private Optional<Instant> anchor = Optional.empty();
    private final List<Event.RuledOut> ruledOut = new ArrayList<>();
    private boolean judged;
    private boolean over;

    Earlier(List<Event> events) {
        events.forEach(this::take);
    }

    /** As of now a person wants more of it: it has not ended, and these steps are to be looked at again. */
    void askForMore(Set<String> again) {
        reopen();
        again.forEach(this::forget);
    }

    private void reopen() {
        judged = false;
        over = false;
        steps.values().removeIf(traces -> !traces.began);
    }

    /** What was seen of the step counts no more; it is as if it had been cut off before it looked. */
    private void forget(String step) {
        Traces traces = of(step);
        traces.began = true;
        traces.touched = false;
        traces.ended.clear();
        traces.notRun = Optional.empty();
        traces.findings.clear();
    }

    private Traces of(String step) {
        return steps.computeIfAbsent(step, id -> new Traces());
    }

    private void take(Event event) {
        switch (event) {
            case Event.Started started -> anchor = Optional.of(started.anchor());
            case Event.StepChosen chosen -> {
                Traces traces = of(chosen.step());
                traces.began = true;
                // Chosen again after an interruption: what it had seen on some targets is looked at anew.
                traces.ended.clear();
            }
            case Event.StepStarted started -> of(started.step()).touched = true;
            case Event.StepEnded ended -> of(ended.step()).ended.put(ended.target(), ended);
            case Event.StepNotRun notRun -> of(notRun.step()).notRun = Optional.of(notRun);
            case Event.FindingRead read -> of(read.step()).findings.put(read.finding(), read);
            case Event.Judged verdict -> judged = true;
            case Event.Resumed resumed -> {
                if (over) {
                    reopen();
                    resumed.again().forEach(this::forget);
                }
            }
            case Event.RuledOut out -> ruledOut.add(out);
            case Event.Noted noted -> {}
            case Event.Confirmed confirmed -> {}
            case Event.BeliefMoved moved -> {}
            case Event.Approval approval -> {}
            case Event.ApprovalWithdrawn withdrawn -> {}
            case Event.Ended ended -> over = true;
        }
    }

    /** The moment that the investigation is about. */
    Optional<Instant> anchor() {
        return anchor;
    }

    /** What people ruled out. */
    List<Event.RuledOut> ruledOut() {
        return List.copyOf(ruledOut);
    }

    boolean judged() {
        return judged;
    }

    /** Steps that began and did not end. */
    Set<String> cutOff() {
        Set<String> cut = new TreeSet<>();
        steps.forEach((step, traces) -> {
            if (traces.began && traces.notRun.isEmpty() && traces.findings.isEmpty()) {
                cut.add(step);
            }
        });
        return cut;
    }

    /** Whether the step may have done something to the world before it was cut off. */
    boolean touched(String step) {
        Traces traces = steps.get(step);
        return traces != null && traces.touched;
    }

    /** Whether it got a slot; one that was never to run was only closed at the end. */
    boolean began(String step) {
        Traces traces = steps.get(step);
        return traces != null && traces.began;
    }

    Optional<Event.StepNotRun> notRun(String step) {
        return Optional.ofNullable(steps.get(step)).flatMap(traces -> traces.notRun);
    }

    /** How each finding was read; not all of them when it was cut off between two. */
    Map<String, Event.FindingRead> findings(String step) {
        Traces traces = steps.get(step);
        return traces == null ? Map.of() : traces.findings;
    }

    /**
     * What the step showed on each of its targets; empty when it did not end on all of them or what it showed cannot be read any more.
     */
    Optional<List<StepRun.Sighting>> sightings(StepState state, List<Target> targets) {
        Traces traces = steps.get(state.step().id());
        if (traces == null || traces.ended.isEmpty()) {
            return Optional.empty();
        }
        List<StepRun.Sighting> sightings = new ArrayList<>();
        for (Target target : targets) {
            Event.StepEnded ended = traces.ended.get(target.label());
            if (ended == null) {
                return Optional.empty();
            }
            Optional<Observation> observation = observation(ended, state.kind());
            if (observation.isEmpty()) {
                return Optional.empty();
            }
            boolean open = observation.get() instanceof Seen seen
                    && !seen.hasData()
                    && expectsData(state, state.kind(), target);
            sightings.add(new StepRun.Sighting(
                    target, observation.get(), open, StepRun.withResult(target, observation.get())));
        }
        return Optional.of(sightings);
    }

    @SuppressWarnings("unchecked") // The registry pairs each kind with the parameters that its signature names.
    private static <P extends Record> boolean expectsData(StepState state, StepKind<P> kind, Target target) {
        if (state.step().expectData().isPresent()) {
            return state.step().expectData().get();
        }
        try {
            return kind.expectsData(
                    state.step().parameters().bind((Class<P>) kind.signature().parameters(), target.variables()));
        } catch (EvaluationFailure | BindFailure e) {
            throw new IllegalStateException("parameters that were bound before cannot be bound again", e);
        }
    }

    private static Optional<Observation> observation(Event.StepEnded ended, StepKind<?> kind) {
        if (ended.status() != StepStatus.ENDED) {
            Cause cause = switch (ended.status()) {
                case TIMED_OUT -> Cause.TIMED_OUT;
                case DENIED -> Cause.DENIED;
                default -> Cause.FAILED;
            };
            return Optional.of(
                    new Unseen(cause, ended.error().orElse(""), ended.help().orElse("")));
        }
        try {
            return Optional.of(new Seen(
                    StoredResult.read(ended.result(), kind.signature().result()),
                    ended.hasData(),
                    ended.artifacts(),
                    ended.caveats()));
        } catch (IllegalArgumentException e) {
            // Written by another version, whose results had another shape: it is looked at again.
            return Optional.empty();
        }
    }
}
