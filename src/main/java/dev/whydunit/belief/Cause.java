package dev.whydunit.belief;

import java.util.List;

/**
 * One hypothesis of a tree.
 *
 * @param id unique in the whole tree
 * @param weight its prior weight among its siblings, above 0
 * @param why deeper causes, which explain this one
 */
public record Cause(String id, double weight, List<Cause> why) {
    /** Refuses weights that are not positive numbers. */
    public Cause {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight of " + id + " is " + weight + "; it must be a positive number");
        }
        why = List.copyOf(why);
    }
}
