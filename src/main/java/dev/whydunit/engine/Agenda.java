package dev.whydunit.engine;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Planning;
import dev.whydunit.belief.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

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

    private record Candidate(StepState state, double gainBits, double costSeconds, double score) {}

    private final double concludeAt;

    /** @param concludeAt the probability from which a hypothesis is a verdict */
    Agenda(double concludeAt) {
        this.concludeAt = concludeAt;
    }

    Optional<Choice> next(
            Collection<StepState> steps,
            Belief belief,
            Verdict verdict,
            Function<StepState, Optional<String>> obstacle,
            Function<StepState, Duration> cost) {
        return steps.stream()
                .filter(StepState::waiting)
                .filter(state -> obstacle.apply(state).isEmpty())
                .filter(state ->
                        notNeeded(state, belief, verdict, cost.apply(state)).isEmpty())
                .map(state -> candidate(state, steps, belief, cost))
                .max(Comparator.comparing(
                                (Candidate candidate) -> candidate.state().symptom())
                        .thenComparingDouble(Candidate::score)
                        .thenComparing(
                                Comparator.comparingInt((Candidate candidate) -> position(steps, candidate.state()))
                                        .reversed()))
                .map(Agenda::choice);
    }

    private static int position(Collection<StepState> steps, StepState state) {
        int position = 0;
        for (StepState other : steps) {
            if (other == state) {
                return position;
            }
            position++;
        }
        return position;
    }

    private static Candidate candidate(
            StepState state, Collection<StepState> steps, Belief belief, Function<StepState, Duration> cost) {
        double gain = Planning.gainBits(belief, state.findings());
        double seconds = seconds(cost.apply(state));
        double score = gain / seconds;
        for (StepState other : steps) {
            if (other.waiting() && other.step().needs().contains(state.step().id())) {
                double together = Planning.gainBits(belief, other.findings()) / (seconds + seconds(cost.apply(other)));
                score = Math.max(score, together);
            }
        }
        return new Candidate(state, gain, seconds, score);
    }

    private static double seconds(Duration duration) {
        return Math.max(LEAST_COST, duration.toNanos() / 1e9);
    }

    private static Choice choice(Candidate candidate) {
        String worth = String.format(
                Locale.ROOT, "%.4f bits for %s s", candidate.gainBits(), Seconds.text(candidate.costSeconds()));
        String why = candidate.state().symptom() ? "first, is there a problem at all; " + worth : worth;
        return new Choice(candidate.state().step().id(), why, candidate.gainBits(), candidate.costSeconds());
    }

    /** Why the step is not worth running any more; empty when it is. */
    Optional<String> notNeeded(StepState state, Belief belief, Verdict verdict, Duration cost) {
        if (state.step().always()) {
            return Optional.empty();
        }
        return switch (verdict) {
            // Absent as far as one has looked: a step that may still find it is what decides.
            case Verdict.SymptomAbsent absent ->
                state.symptom() ? Optional.empty() : Optional.of("the symptom is absent");
            case Verdict.Concluded concluded -> {
                double gain = Planning.gainBits(belief, state.findings());
                if (gain < WORTHWHILE_BITS) {
                    yield Optional.of(
                            String.format(Locale.ROOT, "the verdict is clear; it would tell %.4f bits", gain));
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
