package dev.whydunit.cases;

import java.time.Duration;
import java.util.List;

/** One thing that a case should come to. */
public sealed interface Expectation {
    /** Where it stands in the case. */
    Place place();

    /** How the verdict is: {@code concluded}, {@code narrowed}, {@code inconclusive} or {@code symptom_absent}. */
    record Status(Place place, String status) implements Expectation {}

    /** The verdict's path, joined with dots. */
    record Path(Place place, String path) implements Expectation {}

    /** The probability of a hypothesis, both ends included. */
    record Probability(Place place, String hypothesis, double least, double most) implements Expectation {}

    /**
     * The outcome of a finding.
     *
     * @param outcome {@code true}, {@code false} or {@code unknown}
     */
    record Finding(Place place, String step, String finding, String outcome) implements Expectation {}

    /** A step is run. */
    record Run(Place place, String step) implements Expectation {}

    /** A step is not run. */
    record NotRun(Place place, String step) implements Expectation {}

    /** Steps are begun in this order, others between them or not. */
    record Order(Place place, List<String> steps) implements Expectation {
        /** Keeps its own copy. */
        public Order {
            steps = List.copyOf(steps);
        }
    }

    /** A hypothesis, by its path, is listed as contributing. */
    record AlsoFound(Place place, String path) implements Expectation {}

    /** It takes at most so long. */
    record Within(Place place, Duration time) implements Expectation {}

    /** At most so many steps are run. */
    record MostSteps(Place place, int steps) implements Expectation {}
}
