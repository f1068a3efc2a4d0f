package dev.whydunit.belief;

import static dev.whydunit.belief.FindingUnderTest.finding;
import static dev.whydunit.belief.Outcome.FALSE;
import static dev.whydunit.belief.Outcome.TRUE;
import static dev.whydunit.belief.Outcome.UNKNOWN;
import static dev.whydunit.belief.Strength.CONCLUSIVE;
import static dev.whydunit.belief.Strength.MODERATE;
import static dev.whydunit.belief.Strength.STRONG;
import static dev.whydunit.belief.Strength.WEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final HypothesisTree TREE = WorkedExample.TREE;

    @Test
    void beforeAnythingIsKnownThereIsNoVerdict() {
        assertThat(judge())
                .isInstanceOfSatisfying(
                        Verdict.Inconclusive.class,
                        verdict -> assertThat(verdict.unsupported()).isEmpty());
    }

    @Test
    void oneStrongFindingIsNotEnoughHoweverProbableTheCause() {
        HypothesisTree likely =
                HypothesisTree.of(List.of(new Cause("usual", 100, List.of()), new Cause("rest", 1, List.of())), 0.05);
        Reading one = finding("a.it").supports("usual", STRONG).is(TRUE);
        Reading twin = finding("a.too").supports("usual", STRONG).is(TRUE);
        Reading second = finding("b.it").supports("usual", WEAK).is(TRUE);

        assertThat(Verdicts.judge(likely, List.of(one), 0.8)).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(Verdicts.judge(likely, List.of(one, twin), 0.8)).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(Verdicts.judge(likely, List.of(one, second), 0.8)).isInstanceOf(Verdict.Concluded.class);
    }

    @Test
    void oneConclusiveFindingIsEnoughAndTheVerdictRestsOnItAlone() {
        Verdict verdict = judge(
                finding("deadlock.seen").supports("lock_wait", CONCLUSIVE).is(TRUE),
                finding("host.busy").supports("overload", WEAK).is(FALSE));

        assertThat(verdict).isInstanceOf(Verdict.Concluded.class);
        assertThat(verdict.path()).containsExactly("database", "lock_wait");
        assertThat(verdict.restsOn()).containsExactly("deadlock");
    }

    @Test
    void aCauseThatIsOnlyLeftOverIsNoVerdict() {
        List<Reading> readings = List.of(
                finding("a.it").refutes("overload", CONCLUSIVE).is(TRUE),
                finding("b.it").refutes("database", CONCLUSIVE).is(TRUE),
                finding("c.it")
                        .supports("other", STRONG)
                        .shows(Sensitivity.ALWAYS)
                        .is(FALSE));

        assertThat(Belief.after(TREE, readings).probability("network")).isGreaterThan(0.8);
        assertThat(Verdicts.judge(TREE, readings, 0.8))
                .isInstanceOfSatisfying(
                        Verdict.Inconclusive.class,
                        verdict -> assertThat(verdict.unsupported()).contains("network"));
    }

    @Test
    void anUnknownCauseIsNeverAVerdict() {
        Verdict verdict = judge(
                finding("a.it").supports("other", CONCLUSIVE).is(TRUE),
                finding("b.it").supports("other", CONCLUSIVE).is(TRUE));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.alsoFound()).isEmpty();
    }

    @Test
    void aBranchIsNamedWhereItsLeavesCannotBeToldApart() {
        Verdict verdict = judge(
                finding("a.it").supports("database", STRONG).is(TRUE),
                finding("b.it").supports("database", STRONG).is(TRUE),
                finding("c.it").supports("database", STRONG).is(TRUE));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Narrowed.class, narrowed -> {
            assertThat(narrowed.path()).containsExactly("database");
            assertThat(narrowed.probability()).isGreaterThan(0.99);
        });
        assertThat(verdict.robust()).isTrue();
        assertThat(verdict.alsoFound())
                .as("the children share their parent's push")
                .isEmpty();
    }

    @Test
    void aFactorThatSomethingSpeaksAgainstIsNotAlsoFound() {
        Reading up = finding("d.it").supports("overload", STRONG).is(TRUE);
        Reading down = finding("e.it").supports("overload", WEAK).is(FALSE);

        assertThat(judge(up).alsoFound()).containsExactly("overload");
        assertThat(judge(up, down).alsoFound()).isEmpty();
        assertThat(judge(finding("d.it").supports("overload", MODERATE).is(TRUE))
                        .alsoFound())
                .isEmpty();
    }

    @Test
    void aFalseSymptomComesBeforeAnyCause() {
        Reading cause = finding("a.it").supports("overload", CONCLUSIVE).is(TRUE);
        Reading absent = finding("latency.confirmed").symptom().is(FALSE);

        assertThat(judge(cause, absent)).isInstanceOfSatisfying(Verdict.SymptomAbsent.class, verdict -> {
            assertThat(verdict.findings()).containsExactly("latency.confirmed");
            assertThat(verdict.alsoFound()).containsExactly("overload");
        });
    }

    @Test
    void aSymptomThatCouldNotBeReadIsNotAbsent() {
        assertThat(judge(finding("latency.confirmed").symptom().is(UNKNOWN))).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void oneConfirmedSymptomMeansThatSomethingIsWrong() {
        assertThat(judge(
                        finding("latency.confirmed").symptom().is(FALSE),
                        finding("errors.confirmed").symptom().is(TRUE)))
                .isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void threeIndependentFindingsMakeAVerdictThatHoldsWithoutAnyOne() {
        Verdict verdict = judge(
                finding("a.it").supports("slow_query", STRONG).is(TRUE),
                finding("b.it").supports("slow_query", STRONG).is(TRUE),
                finding("c.it").supports("slow_query", STRONG).is(TRUE));

        assertThat(verdict.robust()).isTrue();
        assertThat(verdict.restsOn()).isEmpty();
    }

    @Test
    void theVerdictStopsAtTheDeepestNodeThatHasEnoughInItsFavour() {
        HypothesisTree deep = HypothesisTree.of(
                List.of(new Cause("database", 4, List.of(new Cause("slow_query", 1000, List.of())))), 0.05);

        Verdict verdict = Verdicts.judge(
                deep,
                List.of(
                        finding("a.it")
                                .supports("database", STRONG)
                                .refutes("slow_query", WEAK)
                                .is(TRUE),
                        finding("b.it").supports("database", STRONG).is(TRUE)),
                0.8);

        assertThat(verdict).isInstanceOf(Verdict.Narrowed.class);
        assertThat(verdict.path()).containsExactly("database");
    }

    @Test
    void hypothesesThatEveryFindingTreatsAlikeCannotBeToldApart() {
        assertThat(Verdicts.indistinguishable(TREE, List.of(WorkedExample.SATURATED, WorkedExample.READS_MUCH)))
                .containsExactly(
                        new Verdicts.Pair("database.lock_wait", "database.pool_exhausted"),
                        new Verdicts.Pair("database.lock_wait", "network"),
                        new Verdicts.Pair("database.pool_exhausted", "network"));
        assertThat(Verdicts.indistinguishable(
                        TREE,
                        List.of(
                                WorkedExample.SATURATED,
                                WorkedExample.READS_MUCH,
                                WorkedExample.WAITING_FOR_LOCKS,
                                WorkedExample.LOSS)))
                .isEmpty();
    }

    @Test
    void theBarIsAProbability() {
        assertThatThrownBy(() -> Verdicts.judge(TREE, List.of(), 1))
                .hasMessage("conclude_at 1.0: must be above 0 and below 1");
    }

    private static Verdict judge(Reading... readings) {
        return Verdicts.judge(TREE, List.of(readings), Verdicts.DEFAULT_CONCLUDE_AT);
    }
}
