package dev.whydunit.replay;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.Recorded;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.engine.StepKind;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A step kind that looks into a case instead of at the world. Its parameters are bound and rendered as ever. */
final class ReplayedKind<P extends Record> implements StepKind<P> {
    /** Longer than any step may take, so that its limit ends it. */
    private static final Duration FOR_EVER = Duration.ofDays(2);

    private static final Unseen NOT_IN_THE_CASE =
            new Unseen(Cause.FAILED, "the case says nothing of it", "give it an observation");

    private record Target(String step, Optional<String> name) {}

    private final StepKind<P> original;
    private final Runbook runbook;
    private final Case given;
    private final ReplayPace pace;
    private final Set<Target> lookedAt = new HashSet<>();

    ReplayedKind(StepKind<P> original, Runbook runbook, Case given, ReplayPace pace) {
        this.original = original;
        this.runbook = runbook;
        this.given = given;
        this.pace = pace;
    }

    @Override
    public KindSignature signature() {
        return original.signature();
    }

    @Override
    public String rendered(P parameters) {
        return original.rendered(parameters);
    }

    @Override
    public Duration cost(P parameters) {
        return original.cost(parameters);
    }

    @Override
    public boolean writes() {
        return original.writes();
    }

    @Override
    public boolean expectsData(P parameters) {
        return original.expectsData(parameters);
    }

    @Override
    public Observation observe(P parameters, StepContext context) {
        Optional<Recorded> recorded = given.observation(context.step(), context.target());
        // What it took is that of all attempts together: the first of them takes it all.
        if (lookedAt.add(new Target(context.step(), context.target()))) {
            pace.pass(recorded.flatMap(Recorded::took)
                    .orElseGet(() -> expected(context.step(), recorded.map(Recorded::observation), parameters)));
        }
        return recorded.map(Recorded::observation).orElse(NOT_IN_THE_CASE);
    }

    private Duration expected(String step, Optional<Observation> seen, P parameters) {
        if (seen.isPresent() && seen.get() instanceof Unseen unseen && unseen.cause() == Cause.TIMED_OUT) {
            return FOR_EVER;
        }
        Step written = Objects.requireNonNull(runbook.steps().get(step), step);
        return written.cost().orElseGet(() -> original.cost(parameters));
    }
}
