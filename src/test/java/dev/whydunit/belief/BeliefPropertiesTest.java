package dev.whydunit.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeliefPropertiesTest {
    private static final double SAME = 1e-12;

    @Test
    void theOrderOfReadingsDoesNotMatter() {
        GeneratedCase.forMany(it -> {
            List<Reading> shuffled = new ArrayList<>(it.readings());
            Collections.shuffle(shuffled, it.random());
            assertSame(Belief.after(it.tree(), shuffled), it.belief());
        });
    }

    @Test
    void aSecondCopyOfAFindingInItsGroupChangesNothing() {
        GeneratedCase.forMany(it -> {
            for (Reading reading : it.readings()) {
                Finding f = reading.finding();
                Finding copy = new Finding(
                        f.step() + ".copy", f.group(), f.supports(), f.refutes(), f.shows(), f.ignoreFalse(), false);
                assertSame(it.with(new Reading(copy, reading.outcome())), it.belief());
            }
        });
    }

    @Test
    void aSecondCopyOfAFindingInAnotherGroupCountsAgain() {
        Reading reading = new Reading(WorkedExample.READS_MUCH, Outcome.TRUE);
        Reading again = FindingUnderTest.finding("again.reads_much")
                .supports("slow_query", Strength.STRONG)
                .is(Outcome.TRUE);

        assertThat(Belief.after(WorkedExample.TREE, List.of(reading, again)).probability("slow_query"))
                .isGreaterThan(
                        Belief.after(WorkedExample.TREE, List.of(reading)).probability("slow_query"));
    }

    @Test
    void anUnknownFindingChangesNothing() {
        GeneratedCase.forMany(
                it -> assertSame(it.with(new Reading(it.finding("step1.new"), Outcome.UNKNOWN)), it.belief()));
    }

    @Test
    void aFindingThatIsIgnoredWhenFalseChangesNothingWhenFalse() {
        GeneratedCase.forMany(it -> {
            Finding f = it.finding("new.one");
            Finding ignored = new Finding(f.id(), f.group(), f.supports(), f.refutes(), f.shows(), true, false);
            assertSame(it.with(new Reading(ignored, Outcome.FALSE)), it.belief());
        });
    }

    @Test
    void aFindingThatTreatsAllLeavesAlikeChangesNothing() {
        GeneratedCase.forMany(it -> {
            Strength strength = it.strength();
            Map<String, Strength> all = new HashMap<>();
            it.tree().leaves().forEach(leaf -> all.put(leaf, strength));
            for (Outcome outcome : Outcome.values()) {
                Finding supports = new Finding("step1.all", "step1", all, Map.of(), it.sensitivity(), false, false);
                Finding refutes = new Finding("step1.all", "step1", Map.of(), all, it.sensitivity(), false, false);
                Finding silent = new Finding("step1.none", "step1", Map.of(), Map.of(), it.sensitivity(), false, true);
                assertSame(it.with(new Reading(supports, outcome)), it.belief());
                assertSame(it.with(new Reading(refutes, outcome)), it.belief());
                assertSame(it.with(new Reading(silent, outcome)), it.belief());
            }
        });
    }

    @Test
    void probabilitiesSumToOneOnEveryLevel() {
        GeneratedCase.forMany(it -> {
            Belief belief = it.belief();
            assertThat(sum(belief, it.tree().leaves())).isCloseTo(1, within(SAME));
            assertThat(sum(belief, it.tree().top())).isCloseTo(1, within(SAME));
            for (String path : it.tree().paths()) {
                if (!it.tree().isLeaf(path)) {
                    assertThat(sum(belief, it.tree().children(path))).isCloseTo(belief.probability(path), within(SAME));
                }
            }
        });
    }

    @Test
    void aStrongerWordMovesFurther() {
        GeneratedCase.forMany(it -> {
            List<String> paths = it.tree().paths();
            String hypothesis = paths.get(it.random().nextInt(paths.size()));
            if (it.belief().probability(hypothesis) > 1 - 1e-9 || it.belief().probability(hypothesis) < 1e-9) {
                return; // nothing left to move within a double's precision
            }
            double up = it.belief().probability(hypothesis);
            double down = up;
            double missed = up;
            for (Strength strength : Strength.values()) {
                Map<String, Strength> named = Map.of(hypothesis, strength);
                Finding supports = new Finding("new.up", "new", named, Map.of(), Sensitivity.USUALLY, false, false);
                Finding refutes = new Finding("new.down", "new", Map.of(), named, Sensitivity.USUALLY, false, false);
                double further = it.with(new Reading(supports, Outcome.TRUE)).probability(hypothesis);
                assertThat(further).isGreaterThan(up);
                up = further;
                further = it.with(new Reading(refutes, Outcome.TRUE)).probability(hypothesis);
                assertThat(further).isLessThan(down);
                down = further;
                further = it.with(new Reading(supports, Outcome.FALSE)).probability(hypothesis);
                assertThat(further).isLessThan(missed);
                missed = further;
            }
        });
    }

    @Test
    void whatACauseAlwaysShowsTellsMoreWhenItIsMissing() {
        GeneratedCase.forMany(it -> {
            String hypothesis = it.tree().leaves().getFirst();
            if (it.belief().probability(hypothesis) < 1e-9) {
                return; // nothing left to move within a double's precision
            }
            double before = it.belief().probability(hypothesis);
            for (Sensitivity sensitivity : Sensitivity.values()) {
                Finding finding = new Finding(
                        "new.one", "new", Map.of(hypothesis, Strength.STRONG), Map.of(), sensitivity, false, false);
                double after = it.with(new Reading(finding, Outcome.FALSE)).probability(hypothesis);
                assertThat(after).isLessThan(before);
                before = after;
            }
        });
    }

    @Test
    void theGainOfAStepIsAtLeastZeroAndAtMostTheEntropy() {
        GeneratedCase.forMany(it -> {
            List<Finding> step = new ArrayList<>();
            int findings = it.random().nextInt(8);
            for (int i = 0; i < findings; i++) {
                step.add(it.finding("step" + it.random().nextInt(5) + ".new" + i));
            }
            assertThat(Planning.gainBits(it.belief(), step))
                    .isBetween(0.0, it.belief().entropyBits());
        });
    }

    @Test
    void tenThousandContraryFindingsDoNotOverflow() {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            readings.add(FindingUnderTest.finding("for" + i + ".it")
                    .supports("network", Strength.CONCLUSIVE)
                    .is(Outcome.TRUE));
            readings.add(FindingUnderTest.finding("against" + i + ".it")
                    .refutes("network", Strength.CONCLUSIVE)
                    .is(Outcome.TRUE));
        }
        Belief balanced = Belief.after(WorkedExample.TREE, readings);
        assertThat(balanced.probability("network")).isCloseTo(0.15, within(1e-6));

        Belief refuted = Belief.after(
                WorkedExample.TREE,
                readings.stream()
                        .filter(reading -> reading.finding().supports().isEmpty())
                        .toList());
        assertThat(refuted.probability("network")).isZero();
        assertThat(refuted.probability("other")).isCloseTo(0.25 / 0.85, within(1e-9));
        assertThat(refuted.entropyBits()).isFinite().isPositive();
        assertThat(Planning.gainBits(refuted, List.of(WorkedExample.LOSS))).isFinite();
    }

    private static double sum(Belief belief, List<String> paths) {
        return paths.stream().mapToDouble(belief::probability).sum();
    }

    private static void assertSame(Belief actual, Belief expected) {
        expected.byPath()
                .forEach((path, probability) ->
                        assertThat(actual.probability(path)).as(path).isCloseTo(probability, within(SAME)));
    }
}
