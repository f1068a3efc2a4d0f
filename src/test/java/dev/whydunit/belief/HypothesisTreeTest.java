package dev.whydunit.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypothesisTreeTest {
    private static final HypothesisTree TREE = WorkedExample.TREE;

    @Test
    void everyLevelHasACauseThatNobodyWrote() {
        assertThat(TREE.leaves())
                .containsExactly(
                        "overload",
                        "database.slow_query",
                        "database.lock_wait",
                        "database.pool_exhausted",
                        "database.other",
                        "network",
                        "other");
        assertThat(TREE.top()).containsExactly("overload", "database", "network", "other");
        assertThat(TREE.children("database")).last().isEqualTo("database.other");
        assertThat(TREE.isLeaf("database")).isFalse();
        assertThat(TREE.isLeaf("database.other")).isTrue();
    }

    @Test
    void aBareIdNamesTheSameNodeAsItsPath() {
        assertThat(TREE.pathOf("slow_query")).isEqualTo("database.slow_query");
        assertThat(TREE.pathOf("database.slow_query")).isEqualTo("database.slow_query");
        assertThat(TREE.pathOf("other")).isEqualTo("other");
        assertThat(TREE.parent("slow_query")).contains("database");
        assertThat(TREE.parent("database")).isEmpty();
        assertThat(TREE.contains("lock_wait")).isTrue();
        assertThat(TREE.contains("dns")).isFalse();
    }

    @Test
    void anUnknownHypothesisIsNamedWithThoseThatThereAre() {
        assertThatThrownBy(() -> TREE.pathOf("dns"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no hypothesis 'dns'; there are: overload, database, database.slow_query");
    }

    @Test
    void anIdMayNotBeThereTwice() {
        Cause disk = new Cause("disk", 1, List.of());
        assertThatThrownBy(() -> HypothesisTree.of(List.of(disk, new Cause("host", 1, List.of(disk))), 0.25))
                .hasMessageContaining("'disk' is there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "other"})
    void anIdMustBeAbleToStandInAPath(String id) {
        assertThatThrownBy(() -> new Cause(id, 1, List.of())).hasMessageContaining("hypothesis id '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightIsAPositiveNumber(double weight) {
        assertThatThrownBy(() -> new Cause("disk", weight, List.of())).hasMessageContaining("not above 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.049, 1, Double.NaN})
    void thereIsAlwaysRoomForAnUnknownCause(double otherCause) {
        assertThatThrownBy(() -> HypothesisTree.of(List.of(), otherCause)).hasMessageContaining("other_cause");
    }

    @Test
    void withoutHypothesesTheCauseIsUnknown() {
        Belief belief = Belief.prior(HypothesisTree.of(List.of(), 0.25));

        assertThat(belief.byPath()).isEqualTo(Map.of("other", 1.0));
        assertThat(belief.entropyBits()).isZero();
    }

    @Test
    void aConfirmedCauseAddsToItsWeightAndToThoseAboveIt() {
        Belief learned = Belief.prior(TREE.withConfirmed(Map.of("database.lock_wait", 3)));

        // Top: other keeps its weight 10/3 (a quarter of 40/3) against overload 4, database 4 + 3, network 2.
        assertThat(learned.probability("other")).isCloseTo((10 / 3.0) / (10 / 3.0 + 13), within(1e-12));
        assertThat(learned.probability("database")).isCloseTo(7 / (10 / 3.0 + 13), within(1e-12));
        // Below database: lock_wait 2 + 3 among 2, 2 and 1.
        assertThat(learned.probability("lock_wait") / learned.probability("database"))
                .isCloseTo(5 / 10.0, within(1e-12));
    }

    @Test
    void otherLearnsToo() {
        Belief learned = Belief.prior(TREE.withConfirmed(Map.of("other", 10, "database.other", 1)));

        assertThat(learned.probability("other")).isCloseTo((40 / 3.0) / (40 / 3.0 + 11), within(1e-12));
        assertThat(learned.probability("database.other") / learned.probability("database"))
                .isCloseTo(2 / 8.0, within(1e-12));
    }

    @Test
    void whatWasConfirmedInTwoRoundsIsTheSameAsInOne() {
        Map<String, Integer> counts = Map.of("slow_query", 2, "database.other", 1, "other", 1, "network", 4);
        HypothesisTree twice = TREE.withConfirmed(counts).withConfirmed(counts);
        HypothesisTree once =
                TREE.withConfirmed(Map.of("slow_query", 4, "database.other", 2, "other", 2, "network", 8));

        Belief.prior(once)
                .byPath()
                .forEach((path, probability) ->
                        assertThat(Belief.prior(twice).probability(path)).isCloseTo(probability, within(1e-12)));
    }

    @Test
    void howeverOftenACauseIsConfirmedAnUnknownOneStaysPossible() {
        assertThat(Belief.prior(TREE.withConfirmed(Map.of("network", 1_000_000)))
                        .probability("other"))
                .isEqualTo(HypothesisTree.LEAST_OTHER_CAUSE);
    }

    @Test
    void aConfirmedHypothesisThatTheRunbookNoLongerHasIsIgnored() {
        assertThat(Belief.prior(TREE.withConfirmed(Map.of("gone", 5))).byPath())
                .isEqualTo(Belief.prior(TREE).byPath());
    }
}
