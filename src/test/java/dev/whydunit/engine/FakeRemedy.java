package dev.whydunit.engine;

import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.schema.About;
import dev.whydunit.schema.NamesHypothesis;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A remedy that changes nothing but remembers that it was applied, and on whose word. */
final class FakeRemedy implements StepKind<FakeRemedy.Apply> {
    /** Its parameters. */
    @About("Applies something.")
    record Apply(
            @About("The hypothesis.") @NamesHypothesis String for_,
            @About("What to do.") String by) {}

    /** Its result. */
    record Applied(boolean done, String approvedBy) {}

    final ConcurrentLinkedQueue<String> applied = new ConcurrentLinkedQueue<>();

    @Override
    public KindSignature signature() {
        return new KindSignature(
                "apply",
                "Applies something.",
                Apply.class,
                Applied.class,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Effect.WRITE,
                Optional.empty());
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public String rendered(Apply parameters) {
        return "apply " + parameters.by();
    }

    @Override
    public Observation observe(Apply parameters, StepContext context) {
        applied.add(context.target().map(target -> target + ": ").orElse("") + parameters.by());
        return Observation.Seen.of(new Applied(true, context.approvedBy().orElseThrow()));
    }
}
