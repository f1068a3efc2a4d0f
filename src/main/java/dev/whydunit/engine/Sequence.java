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
        return agenda.next(
                        states(over, Set.of()),
                        belief,
                        verdict,
                        state -> obstacle(state.step(), over, belief),
                        state -> cost(state.step()))
                .flatMap(choice -> Optional.ofNullable(runbook.steps().get(choice.step())));
    }

    private List<StepState> states(Set<String> over, Set<String> running) {
        return runbook.steps().values().stream()
                .map(step -> new StepState(
                        step,
                        new Unseen(step),
                        findings.getOrDefault(step.id(), List.of()),
                        over.contains(step.id())
                                ? new StepState.Phase.Over(StepStatus.ENDED)
                                : running.contains(step.id())
                                        ? new StepState.Phase.Running()
                                        : new StepState.Phase.Waiting(Optional.empty())))
                .toList();
    }

    /**
     * What a step that has not run is worth now.
     *
     * @param gainBits what it is expected to tell
     * @param costSeconds what it is expected to take
     * @param score by which it is chosen: bits a second, its own or those of a step that needs it
     * @param obstacle what keeps it from running now; empty when nothing does
     * @param condition its condition, where that depends on what steps show and so was not looked at
     */
    public record Prospect(
            String step,
            double gainBits,
            double costSeconds,
            double score,
            Optional<String> obstacle,
            Optional<String> condition) {}

    /**
     * The steps that neither ended nor run, in the order in which they would be chosen; those that may not run last.
     *
     * @param medianSeconds what steps took before, by id
     */
    public List<Prospect> prospects(
            Set<String> over, Set<String> running, Belief belief, Verdict verdict, Map<String, Double> medianSeconds) {
        return agenda
                .ranked(
                        states(over, running),
                        belief,
                        verdict,
                        state -> obstacle(state.step(), over, belief),
                        state -> cost(state.step(), medianSeconds))
                .stream()
                .map(it -> new Prospect(
                        it.step(), it.gainBits(), it.costSeconds(), it.score(), it.obstacle(), condition(it.step())))
                .toList();
    }

    private Optional<String> condition(String step) {
        return Optional.ofNullable(runbook.steps().get(step))
                .flatMap(Step::condition)
                .filter(condition -> !condition.references().isEmpty())
                .map(condition -> condition.source());
    }

    private static Duration cost(Step step, Map<String, Double> medianSeconds) {
        Double median = medianSeconds.get(step.id());
        return step.cost().isEmpty() && median != null ? Duration.ofNanos((long) (median * 1e9)) : cost(step);
    }

    /** What a step is expected to take: what its author says, else its kind. */
    public static Duration cost(Step step) {
        return step.cost().orElse(step.kind().cost());
    }

    private static Optional<String> obstacle(Step step, Set<String> over, Belief belief) {
        for (String need : step.needs()) {
            if (!over.contains(need)) {
                return Optional.of("needs " + need + ", which was not run");
            }
        }
        try {
            Variables variables = new Variables(Map.of(), belief::probability);
            return step.condition().isPresent()
                            && step.condition().get().references().isEmpty()
                            && !step.condition().get().test(variables)
                    ? Optional.of("its condition is not met: "
                            + step.condition().get().source())
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
