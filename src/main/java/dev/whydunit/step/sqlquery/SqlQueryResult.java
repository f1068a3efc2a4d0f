package dev.whydunit.step.sqlquery;

import dev.whydunit.schema.About;
import java.util.List;
import java.util.Map;

/**
 * What a query returned.
 *
 * @param rows by column label in lower case
 * @param rowCount how many there are
 * @param truncated whether there were more
 * @param seconds what it took
 */
public record SqlQueryResult(
        @About("The rows, each a map from column label in lower case to value; NULL is no key.")
        List<Map<String, Object>> rows,

        @About("How many rows there are.") long rowCount,

        @About("Whether there were more rows than the limit.")
        boolean truncated,

        @About("How long the query took, in seconds.") double seconds) {
    /** Keeps its own copy of the list. */
    public SqlQueryResult {
        rows = List.copyOf(rows);
    }
}
