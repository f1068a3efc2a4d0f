package dev.whydunit.source.jdbc;

import java.util.List;
import java.util.Map;

/**
 * The rows of a query.
 *
 * @param rows by column label in lower case; a value is a Long, Double, Boolean, Instant or String, NULL is no key
 * @param truncated whether there were more rows than asked for
 */
public record SqlAnswer(List<Map<String, Object>> rows, boolean truncated) {
    /** Keeps its own copy of the list. */
    public SqlAnswer {
        rows = List.copyOf(rows);
    }
}
