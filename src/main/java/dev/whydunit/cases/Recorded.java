package dev.whydunit.cases;

import dev.whydunit.engine.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a step sees on one target.
 *
 * @param took how long, all attempts together; empty for what the step is expected to take
 * @param given the fields of the result that the case gives, as dotted paths
 */
public record Recorded(Place place, Observation observation, Optional<Duration> took, Set<String> given) {
    /** Keeps its own copy. */
    public Recorded {
        given = Set.copyOf(given);
    }
}
