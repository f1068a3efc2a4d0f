package dev.whydunit.belief;

import java.util.List;

/**
 * One hypothesis, with the deeper hypotheses that would explain it.
 *
 * @param id unique in the whole tree, without dots; {@code other} is reserved
 * @param weight its prior weight among its siblings, above 0: {@link #COMMON}, {@link #OCCASIONAL}, {@link #RARE} or
 *     a number
 * @param why its children, in the author's order; empty for a leaf
 */
public record Cause(String id, double weight, List<Cause> why) {
    /** The weight of {@code prior: common}. */
    public static final double COMMON = 4;

    /** The weight of {@code prior: occasional}, the default. */
    public static final double OCCASIONAL = 2;

    /** The weight of {@code prior: rare}. */
    public static final double RARE = 1;

    /**
     * Keeps its own copy of the children.
     *
     * @throws IllegalArgumentException for an id that cannot be part of a path, or a weight that is not a positive number
     */
    public Cause {
        if (id.isEmpty() || id.indexOf('.') >= 0 || id.equals(HypothesisTree.OTHER)) {
            throw new IllegalArgumentException("hypothesis id '" + id + "': must be a name without dots, and not '"
                    + HypothesisTree.OTHER + "', which every level has already");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("hypothesis '" + id + "': prior weight " + weight + " is not above 0");
        }
        why = List.copyOf(why);
    }
}
