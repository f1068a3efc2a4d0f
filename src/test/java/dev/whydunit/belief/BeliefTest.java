package dev.whydunit.belief;

import static dev.whydunit.belief.FindingUnderTest.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BeliefTest {
    private static final HypothesisTree TREE = WorkedExample.TREE;

    @Test
    void aLeafTakesTheEntryOfItsNearestNamedAncestor() {
        Belief belief = Belief.after(
                TREE,
                List.of(finding("a.b")
                        .supports("database", Strength.STRONG)
                        .refutes("lock_wait", Strength.WEAK)
                        .is(Outcome.TRUE)));
        Belief prior = Belief.prior(TREE);

        assertThat(ratio(belief, "database.other", "network") / ratio(prior, "database.other", "network"))
                .isCloseTo(20, within(1e-9));
        assertThat(ratio(belief, "lock_wait", "network") / ratio(prior, "lock_wait", "network"))
                .isCloseTo(0.5, within(1e-9));
    }

    @Test
    void withinAGroupOnlyTheStrongestPushEachWayCounts() {
        Belief grouped = Belief.after(
                TREE,
                List.of(
                        finding("a.up").supports("network", Strength.STRONG).is(Outcome.TRUE),
                        finding("a.less").supports("network", Strength.WEAK).is(Outcome.TRUE),
                        finding("b.down")
                                .group("a")
                                .refutes("network", Strength.MODERATE)
                                .is(Outcome.TRUE)));
        Belief prior = Belief.prior(TREE);

        assertThat(ratio(grouped, "network", "other") / ratio(prior, "network", "other"))
                .isCloseTo(20 / 5.0, within(1e-9));
    }

    @Test
    void whatMovedIsGivenForTheNodesThatTheFindingNames() {
        Finding finding = finding("a.b")
                .supports("slow_query", Strength.STRONG)
                .refutes("network", Strength.MODERATE)
                .get();
        Belief belief = Belief.prior(TREE);

        assertThat(belief.moved(finding, Outcome.TRUE))
                .containsOnlyKeys("database.slow_query", "network")
                .hasEntrySatisfying("network", nats -> assertThat(nats).isCloseTo(-Math.log(5), within(1e-12)));
        // s = 0.8, R = 20: slow_query ln(0.2 / 0.96), network ln((1 − 0.8/100) / 0.96)
        assertThat(belief.moved(finding, Outcome.FALSE))
                .hasEntrySatisfying(
                        "database.slow_query", nats -> assertThat(nats).isCloseTo(Math.log(0.2 / 0.96), within(1e-12)))
                .hasEntrySatisfying(
                        "network", nats -> assertThat(nats).isCloseTo(Math.log(0.992 / 0.96), within(1e-12)));
        assertThat(belief.moved(finding, Outcome.UNKNOWN)).isEmpty();
    }

    @Test
    void aFindingMustNotContradictItself() {
        assertThatThrownBy(() -> finding("a.b")
                        .supports("network", Strength.WEAK)
                        .refutes("network", Strength.WEAK)
                        .get())
                .hasMessage("finding 'a.b' both supports and refutes 'network': keep one of them");
        Finding twice = finding("a.b")
                .supports("lock_wait", Strength.WEAK)
                .refutes("database.lock_wait", Strength.WEAK)
                .get();
        assertThatThrownBy(() -> Belief.after(TREE, List.of(new Reading(twice, Outcome.TRUE))))
                .hasMessageContaining("names 'database.lock_wait' twice");
    }

    @Test
    void aFindingMayOnlyNameHypothesesOfTheTree() {
        assertThatThrownBy(() -> Belief.after(
                        TREE,
                        List.of(finding("a.b").supports("dns", Strength.WEAK).is(Outcome.TRUE))))
                .hasMessageContaining("no hypothesis 'dns'");
    }

    private static double ratio(Belief belief, String one, String another) {
        return belief.probability(one) / belief.probability(another);
    }
}
