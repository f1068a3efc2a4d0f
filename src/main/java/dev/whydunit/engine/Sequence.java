package dev.whydunit.engine;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.Verdict;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order in which an investigation would run a runbook's steps, one after the other, without running any: the same agenda, asked
 * with beliefs of the caller's. Conditions that read anything but probabilities are taken as true, since there is nothing to read.
 * Not thread-safe.
 */
public final class Sequence {
    private final Runbook runbook;
    private final Agenda agenda;
    private final Map<String, List<Finding>> findings;

    /** Of that runbook. */
    public Sequence(Runbook runbook) {
        this.runbook = runbook;
        this.agenda = new Agenda(runbook.concludeAt(), Set.of());
        this.findings = runbook.steps().values().stream()
                .collect(java.util.stream.Collectors.toMap(Step::id, RunbookBelief::findings));
    }

    /**
     * The next step.
     *
     * @param over ids of the steps that have ended
     * @return empty when no step may run or is worth running
     */
    public Optional<Step> next(Set<String> over, Belief belief, Verdict verdict) {
        List<StepState> states = runbook.steps().values().stream()
                .map(step -> new StepState(
                        step,
                        new Unseen(step),
                        findings.getOrDefault(step.id(), List.of()),
                        over.contains(step.id())
                                ? new StepState.Phase.Over(StepStatus.ENDED)
                                : new StepState.Phase.Waiting(Optional.empty())))
                .toList();
        return agenda.next(
                        states,
                        belief,
                        verdict,
                        state -> obstacle(state.step(), over, belief),
                        state -> cost(state.step()))
                .flatMap(choice -> Optional.ofNullable(runbook.steps().get(choice.step())));
    }

    /** What a step is expected to take: what its author says, else its kind. */
    public static Duration cost(Step step) {
        return step.cost().orElse(step.kind().cost());
    }

    private static Optional<String> obstacle(Step step, Set<String> over, Belief belief) {
        if (!over.containsAll(step.needs())) {
            return Optional.of("needs a step that was not run");
        }
        try {
            Variables variables = new Variables(Map.of(), belief::probability);
            return step.condition().isPresent()
                            && step.condition().get().references().isEmpty()
                            && !step.condition().get().test(variables)
                    ? Optional.of("its condition is false")
                    : Optional.empty();
        } catch (EvaluationFailure e) {
            return Optional.of("its condition has no value: " + e.getMessage());
        }
    }

    /** A step that is never run. */
    private record Unseen(Step step) implements StepKind<Unseen.Nothing> {
        record Nothing() {}

        @Override
        public dev.whydunit.runbook.KindSignature signature() {
            return step.kind();
        }

        @Override
        public String rendered(Nothing parameters) {
            return "";
        }

        @Override
        public Observation observe(Nothing parameters, StepContext context) {
            throw new IllegalStateException("step " + step.id() + " is only thought of, never run");
        }
    }
}
