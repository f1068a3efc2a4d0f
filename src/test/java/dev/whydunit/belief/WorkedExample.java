package dev.whydunit.belief;

import static dev.whydunit.belief.FindingUnderTest.finding;
import static dev.whydunit.belief.Strength.MODERATE;
import static dev.whydunit.belief.Strength.STRONG;

import java.util.List;

/** The slow web application whose numbers the documentation of belief shows. */
final class WorkedExample {
    static final HypothesisTree TREE = HypothesisTree.of(
            List.of(
                    new Cause("overload", Cause.COMMON, List.of()),
                    new Cause(
                            "database",
                            Cause.COMMON,
                            List.of(
                                    new Cause("slow_query", Cause.OCCASIONAL, List.of()),
                                    new Cause("lock_wait", Cause.OCCASIONAL, List.of()),
                                    new Cause("pool_exhausted", Cause.OCCASIONAL, List.of()))),
                    new Cause("network", Cause.OCCASIONAL, List.of())),
            HypothesisTree.DEFAULT_OTHER_CAUSE);

    static final Finding SATURATED =
            finding("host_load.saturated").supports("overload", STRONG).get();
    static final Finding WAITING_FOR_LOCKS =
            finding("sessions.waiting_for_locks").supports("lock_wait", STRONG).get();
    static final Finding NEW_SLOW_PATTERN = finding("slow_statements.new_slow_pattern")
            .supports("slow_query", STRONG)
            .refutes("network", MODERATE)
            .get();
    static final Finding READS_MUCH =
            finding("plan.reads_much").supports("slow_query", STRONG).get();
    static final Finding LOSS = finding("wire.loss").supports("network", STRONG).get();
    static final Finding CLEAN =
            finding("wire.clean").refutes("network", STRONG).get();

    /** The readings of the table, in its order. */
    static final List<Reading> READINGS = List.of(
            new Reading(SATURATED, Outcome.FALSE),
            new Reading(WAITING_FOR_LOCKS, Outcome.FALSE),
            new Reading(NEW_SLOW_PATTERN, Outcome.TRUE),
            new Reading(READS_MUCH, Outcome.TRUE));

    private WorkedExample() {}

    /** Belief after the first rows of the table. */
    static Belief afterRows(int rows) {
        return Belief.after(TREE, READINGS.subList(0, rows));
    }
}
