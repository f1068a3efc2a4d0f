package dev.whydunit.belief;

import static dev.whydunit.belief.FindingUnderTest.finding;
import static dev.whydunit.belief.Outcome.TRUE;
import static dev.whydunit.belief.Strength.STRONG;
import static dev.whydunit.belief.Strength.WEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private static final HypothesisTree TREE = WorkedExample.TREE;

    @Test
    void aStepWithoutFindingsTellsNothing() {
        assertThat(Planning.gainBits(Belief.prior(TREE), List.of())).isZero();
        assertThat(Planning.gainBits(
                        Belief.prior(TREE), List.of(finding("a.it").symptom().get())))
                .isZero();
    }

    @Test
    void aSignalThatWasReadAlreadyTellsNothingMore() {
        Finding again = finding("b.it").group("a").supports("network", STRONG).get();
        Belief known = Belief.after(
                TREE, List.of(finding("a.it").supports("network", STRONG).is(TRUE)));

        // Were it false, its push down would still be new: what remains is that, and not the push up.
        double sameGroup = Planning.gainBits(known, List.of(again));
        double otherGroup = Planning.gainBits(
                known, List.of(finding("b.it").supports("network", STRONG).get()));
        double ignoredWhenFalse = Planning.gainBits(
                known,
                List.of(finding("b.it")
                        .group("a")
                        .supports("network", STRONG)
                        .ignoreFalse()
                        .get()));

        assertThat(sameGroup).isLessThan(otherGroup);
        assertThat(ignoredWhenFalse).isCloseTo(0, within(1e-12));
    }

    @Test
    void ofManyFindingsTheStrongestSixCount() {
        List<Finding> six = new ArrayList<>();
        List<String> leaves = TREE.leaves();
        for (int i = 0; i < Planning.FINDINGS_AT_ONCE; i++) {
            six.add(finding("step.strong" + i).supports(leaves.get(i), STRONG).get());
        }
        List<Finding> more = new ArrayList<>(six);
        for (int i = 0; i < 20; i++) {
            more.add(i, finding("step.weak" + i).supports("network", WEAK).get());
        }

        assertThat(Planning.gainBits(Belief.prior(TREE), more)).isEqualTo(Planning.gainBits(Belief.prior(TREE), six));
    }

    @Test
    void aStepThatIsTooWeakCannotOverturnTheVerdict() {
        Belief belief = Belief.after(
                TREE,
                List.of(
                        finding("a.it").supports("slow_query", STRONG).is(TRUE),
                        finding("b.it").supports("slow_query", STRONG).is(TRUE),
                        finding("c.it").supports("slow_query", STRONG).is(TRUE)));
        Verdict verdict = Verdicts.judge(TREE, belief.readings(), 0.8);

        assertThat(verdict).isInstanceOf(Verdict.Concluded.class);
        assertThat(Planning.couldOverturn(
                        belief,
                        verdict,
                        List.of(finding("d.it").refutes("slow_query", WEAK).get()),
                        0.8))
                .isFalse();
        assertThat(Planning.couldOverturn(
                        belief,
                        verdict,
                        List.of(finding("d.it")
                                .refutes("slow_query", Strength.CONCLUSIVE)
                                .get()),
                        0.8))
                .isTrue();
    }

    @Test
    void aStepThatReadsTheSymptomCanOverturnTheVerdictUntilItIsConfirmed() {
        Belief belief = Belief.after(
                TREE,
                List.of(
                        finding("a.it").supports("slow_query", STRONG).is(TRUE),
                        finding("b.it").supports("slow_query", STRONG).is(TRUE)));
        Verdict verdict = Verdicts.judge(TREE, belief.readings(), 0.8);

        Finding symptom = finding("latency.confirmed").symptom().get();
        List<Reading> confirmed = new ArrayList<>(belief.readings());
        confirmed.add(new Reading(symptom, TRUE));

        assertThat(Planning.couldOverturn(belief, verdict, List.of(symptom), 0.8))
                .isTrue();
        assertThat(Planning.couldOverturn(Belief.after(TREE, confirmed), verdict, List.of(symptom), 0.8))
                .isFalse();
    }

    @Test
    void aStepOfOneHundredFindingsStillHasAGain() {
        List<Reading> readings = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readings.add(finding("s" + i + ".it").supports("network", WEAK).is(i % 2 == 0 ? TRUE : Outcome.FALSE));
            findings.add(finding("new.f" + i).supports("lock_wait", STRONG).get());
        }

        assertThat(Planning.gainBits(Belief.after(TREE, readings), findings)).isBetween(0.0, 3.0);
    }
}
