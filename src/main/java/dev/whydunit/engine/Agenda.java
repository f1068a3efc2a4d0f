package dev.whydunit.engine;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Planning;
import dev.whydunit.belief.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next step: among those that may run now, the one that is expected to tell most per second. Steps that can
 * confirm the symptom come first, since without a problem there is no cause; a step that others need is worth what they are.
 */
final class Agenda {
    /** Once concluded, a step that tells less is not worth an engineer's time. In bits. */
    private static final double WORTHWHILE_BITS = 0.01;
    /** Once concluded, a step that takes longer must be able to overturn the verdict. */
    private static final Duration COSTLY = Duration.ofSeconds(1);
    /** So that a step that costs nothing has a score. In seconds. */
    private static final double LEAST_COST = 0.001;

    /** The step that gets the next free slot. */
    record Choice(String step, String why, double gainBits, double costSeconds) {}

    /** What a waiting step is worth, and what keeps it from running now. */
    record Outlook(String step, double gainBits, double costSeconds, double score, Optional<String> obstacle) {}

    private record Candidate(StepState state, double gainBits, double costSeconds, double score) {}

    private static final Comparator<Candidate> ORDER = Comparator.comparing(
                    (Candidate candidate) -> candidate.state().symptom())
            .thenComparingDouble(Candidate::score);

    private final double concludeAt;
    private final Set<String> wanted;
    private final Map<String, Double> gains = new HashMap<>();
    private @Nullable Belief gainsUnder;

    /**
     * @param concludeAt the probability from which a hypothesis is a verdict
     * @param wanted steps that a person asked for, whatever they would tell
     */
    Agenda(double concludeAt, Set<String> wanted) {
        this.concludeAt = concludeAt;
        this.wanted = Set.copyOf(wanted);
    }

    Optional<Choice> next(
            Collection<StepState> steps,
            Belief belief,
            Verdict verdict,
            Function<StepState, Optional<String>> obstacle,
            Function<StepState, Duration> cost) {
        List<StepState> waiting = telling(steps);
        Candidate best = null;
        for (StepState state : waiting) {
            if (obstacle.apply(state).isPresent()
                    || notNeeded(state, belief, verdict, cost.apply(state)).isPresent()) {
                continue;
            }
            Candidate candidate = candidate(state, waiting, belief, cost);
            // Of equals the one that the author wrote first.
            if (best == null || ORDER.compare(candidate, best) > 0) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best).map(Agenda::choice);
    }

    /** All that wait, in the order in which they would be chosen, those that may not run last. */
    List<Outlook> ranked(
            Collection<StepState> steps,
            Belief belief,
            Verdict verdict,
            Function<StepState, Optional<String>> obstacle,
            Function<StepState, Duration> cost) {
        List<StepState> waiting = telling(steps);
        Map<String, Optional<String>> kept = new HashMap<>();
        waiting.forEach(state -> kept.put(
                state.step().id(),
                obstacle.apply(state).or(() -> notNeeded(state, belief, verdict, cost.apply(state)))));
        return waiting.stream()
                .map(state -> candidate(state, waiting, belief, cost))
                .sorted(Comparator.comparing((Candidate candidate) -> kept.getOrDefault(
                                        candidate.state().step().id(), Optional.empty())
                                .isPresent())
                        .thenComparing(ORDER.reversed()))
                .map(it -> new Outlook(
                        it.state().step().id(),
                        it.gainBits(),
                        it.costSeconds(),
                        it.score(),
                        kept.getOrDefault(it.state().step().id(), Optional.empty())))
                .toList();
    }

    /** Those that wait, without the remedies: they are not chosen for what they tell. */
    private static List<StepState> telling(Collection<StepState> steps) {
        return steps.stream()
                .filter(state -> state.waiting() && state.step().remedies().isEmpty())
                .toList();
    }

    private Candidate candidate(
            StepState state, List<StepState> waiting, Belief belief, Function<StepState, Duration> cost) {
        double gain = gainBits(belief, state);
        double seconds = seconds(cost.apply(state));
        double score = gain / seconds;
        for (StepState other : waiting) {
            List<String> needs = other.step().needs();
            if (!needs.isEmpty() && needs.contains(state.step().id())) {
                double together = gainBits(belief, other) / (seconds + seconds(cost.apply(other)));
                score = Math.max(score, together);
            }
        }
        return new Candidate(state, gain, seconds, score);
    }

    /** Worked out once for each belief: it takes all joint outcomes of the step's findings. */
    private double gainBits(Belief belief, StepState state) {
        if (gainsUnder != belief) {
            gainsUnder = belief;
            gains.clear();
        }
        return gains.computeIfAbsent(state.step().id(), step -> Planning.gainBits(belief, state.findings()));
    }

    private static double seconds(Duration duration) {
        return Math.max(LEAST_COST, duration.toNanos() / 1e9);
    }

    private static Choice choice(Candidate candidate) {
        String worth = bits(candidate.gainBits()) + " for " + Seconds.text(candidate.costSeconds()) + " s";
        String why = candidate.state().symptom() ? "first, is there a problem at all; " + worth : worth;
        return new Choice(candidate.state().step().id(), why, candidate.gainBits(), candidate.costSeconds());
    }

    private static String bits(double gain) {
        return Seconds.fixed(gain, 4) + " bits";
    }

    /** Why the step is not worth running any more; empty when it is. */
    Optional<String> notNeeded(StepState state, Belief belief, Verdict verdict, Duration cost) {
        if (state.step().always() || wanted.contains(state.step().id())) {
            return Optional.empty();
        }
        return switch (verdict) {
            // Absent as far as one has looked: a step that may still find it is what decides.
            case Verdict.SymptomAbsent absent ->
                state.symptom() ? Optional.empty() : Optional.of("the symptom is absent");
            case Verdict.Concluded concluded -> {
                double gain = gainBits(belief, state);
                if (gain < WORTHWHILE_BITS) {
                    yield Optional.of("the verdict is clear; it would tell " + bits(gain));
                }
                yield cost.compareTo(COSTLY) > 0
                                && !Planning.couldOverturn(belief, concluded, state.findings(), concludeAt)
                        ? Optional.of("the verdict is clear; nothing it could show in " + Seconds.text(cost)
                                + " would overturn it")
                        : Optional.empty();
            }
            case Verdict.Narrowed narrowed -> Optional.empty();
            case Verdict.Inconclusive inconclusive -> Optional.empty();
        };
    }
}
