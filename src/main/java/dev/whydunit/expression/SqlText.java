package dev.whydunit.expression;

import java.util.List;

/**
 * An SQL statement whose values stand apart from it.
 *
 * @param text the statement with a {@code ?} for each value
 * @param binds the values in order: String, Long, Double, Boolean, Instant or Duration
 */
public record SqlText(String text, List<Object> binds) {
    /** Keeps its own copy of the values. */
    public SqlText {
        binds = List.copyOf(binds);
    }
}
