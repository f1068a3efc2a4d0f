package dev.whydunit.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkedExampleTest {
    private static final Offset<Double> EXACT = within(0.0001);

    @ParameterizedTest
    @CsvSource({
        "0, 0.3000, 0.3000, 0.0857, 0.0857, 0.0857, 0.1500, 0.2500",
        "1, 0.0820, 0.3934, 0.1124, 0.1124, 0.1124, 0.1967, 0.3279",
        "2, 0.0900, 0.3342, 0.1234, 0.0257, 0.1234, 0.2159, 0.3599",
        "3, 0.0284, 0.8445, 0.7781, 0.0081, 0.0389, 0.0136, 0.1135",
        "4, 0.0018, 0.9902, 0.9859, 0.0005, 0.0025, 0.0009, 0.0072"
    })
    void eachReadingMovesBeliefAsTheTableSays(
            int rows,
            double overload,
            double database,
            double slowQuery,
            double lockWait,
            double poolExhausted,
            double network,
            double other) {
        Belief belief = WorkedExample.afterRows(rows);

        assertThat(belief.probability("overload")).isCloseTo(overload, EXACT);
        assertThat(belief.probability("database")).isCloseTo(database, EXACT);
        assertThat(belief.probability("database.slow_query")).isCloseTo(slowQuery, EXACT);
        assertThat(belief.probability("lock_wait")).isCloseTo(lockWait, EXACT);
        assertThat(belief.probability("pool_exhausted")).isCloseTo(poolExhausted, EXACT);
        assertThat(belief.probability("network")).isCloseTo(network, EXACT);
        assertThat(belief.probability("other")).isCloseTo(other, EXACT);
    }

    @Test
    void theJsonOfTheInterfacesFollowsFromTheLastRow() {
        assertThat(WorkedExample.afterRows(4).probability("database.other")).isCloseTo(0.0012, EXACT);
        assertThat(WorkedExample.afterRows(4).byPath().keySet())
                .containsExactly(
                        "overload",
                        "database",
                        "database.slow_query",
                        "database.lock_wait",
                        "database.pool_exhausted",
                        "database.other",
                        "network",
                        "other");
        assertThat(Belief.prior(WorkedExample.TREE).moved(WorkedExample.READS_MUCH, Outcome.TRUE))
                .hasSize(1)
                .hasEntrySatisfying(
                        "database.slow_query", nats -> assertThat(nats).isCloseTo(2.9957, EXACT));
    }

    /**
     * The variant's numbers (database 0.8463, slow_query 0.8427, overload 0.1475) come out when the wire was found clean
     * too; from the table's four readings alone, database would be 0.8457, slow_query 0.8421 and overload 0.1474.
     */
    @Test
    void aSaturatedHostIsAlsoFound() {
        List<Reading> readings = new ArrayList<>(WorkedExample.READINGS);
        readings.set(0, new Reading(WorkedExample.SATURATED, Outcome.TRUE));
        assertThat(Belief.after(WorkedExample.TREE, readings).probability("database"))
                .isCloseTo(0.8457, EXACT);
        readings.add(new Reading(WorkedExample.CLEAN, Outcome.TRUE));
        readings.add(new Reading(WorkedExample.LOSS, Outcome.FALSE));

        Belief belief = Belief.after(WorkedExample.TREE, readings);
        Verdict verdict = Verdicts.judge(WorkedExample.TREE, readings, Verdicts.DEFAULT_CONCLUDE_AT);

        assertThat(belief.probability("database")).isCloseTo(0.8463, EXACT);
        assertThat(belief.probability("slow_query")).isCloseTo(0.8427, EXACT);
        assertThat(belief.probability("overload")).isCloseTo(0.1475, EXACT);
        assertThat(verdict).isInstanceOf(Verdict.Concluded.class);
        assertThat(verdict.path()).containsExactly("database", "slow_query");
        assertThat(verdict.alsoFound()).containsExactly("overload");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.2976", "2, 0.3853", "4, 0.0061"})
    void theWireTellsLessTheMoreIsKnown(int rows, double bits) {
        assertThat(Planning.gainBits(WorkedExample.afterRows(rows), List.of(WorkedExample.LOSS, WorkedExample.CLEAN)))
                .isCloseTo(bits, EXACT);
    }

    @Test
    void beforeAnythingIsKnownTheHostTellsMost() {
        Belief prior = Belief.prior(WorkedExample.TREE);

        assertThat(Planning.gainBits(prior, List.of(WorkedExample.SATURATED))).isCloseTo(0.4524, EXACT);
        assertThat(Planning.gainBits(prior, List.of(WorkedExample.NEW_SLOW_PATTERN)))
                .isCloseTo(0.2129, EXACT);
        assertThat(Planning.gainBits(prior, List.of(WorkedExample.WAITING_FOR_LOCKS)))
                .isCloseTo(0.2017, EXACT);
        assertThat(Planning.gainBits(prior, List.of(WorkedExample.READS_MUCH))).isCloseTo(0.2017, EXACT);
    }

    @Test
    void aVerdictIsReachedWithTheLastReadingAndNotBefore() {
        Verdict before = Verdicts.judge(WorkedExample.TREE, WorkedExample.READINGS.subList(0, 3), 0.8);
        Verdict after = Verdicts.judge(WorkedExample.TREE, WorkedExample.READINGS, 0.8);

        assertThat(before)
                .isInstanceOfSatisfying(
                        Verdict.Inconclusive.class,
                        verdict -> assertThat(verdict.unsupported()).contains("database"));
        assertThat(after)
                .isInstanceOfSatisfying(
                        Verdict.Concluded.class,
                        verdict -> assertThat(verdict.probability()).isCloseTo(0.9859, EXACT));
        assertThat(after.restsOn()).containsExactly("plan", "slow_statements");
        assertThat(after.robust()).isFalse();
    }
}
