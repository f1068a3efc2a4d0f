package dev.whydunit.incident;

import java.util.Optional;
import java.util.Set;

/**
 * What became of a delivery that was stored.
 *
 * @param accepted how many alerts were new; the others were known
 * @param incident that the first of its alerts belongs to; empty when it had none
 * @param touched incidents that it opened or changed
 * @param due whether one of them is to be looked at now
 */
public record Accepted(int accepted, Optional<String> incident, Set<String> touched, boolean due) {
    /** Keeps its own copy. */
    public Accepted {
        touched = Set.copyOf(touched);
    }
}
