package dev.whydunit.step.sqlquery;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.SqlText;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.util.Optional;

/**
 * What {@code sql_query} asks.
 *
 * @param source the database
 * @param query one statement that returns rows
 * @param limit rows that are kept
 */
@About("Reads rows from a database, in a read-only transaction.")
public record SqlQueryParameters(
        @About(value = "The database; may be left out when only one is configured.", example = "shop_db")
        Optional<String> source,

        @About(
                value = "One query; values in ${{ }} become bind parameters.",
                example = "select state, count(*) as n from pg_stat_activity group by state")
        @Into(Sink.SQL)
        SqlText query,

        @About(value = "Rows that are kept; from 1 to 10000.", example = "100") @Default("1000")
        int limit) {
    /** Keeps the number of rows bounded. */
    public SqlQueryParameters {
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("limit is from 1 to 10000, not " + limit);
        }
    }
}
