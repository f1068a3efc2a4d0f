package dev.whydunit.store;

import static dev.whydunit.store.Statements.select;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * PostgreSQL's statistics of tables that grow. A plan that was made for a small table, and is kept with its statement, reads the whole table for
 * each alert once it is large; PostgreSQL looks by itself within a minute or two, which is when a first storm is over.
 */
final class Statistics {
    private static final int FEW_BYTES = 128 * 1024;

    private Statistics() {}

    /** Has those tables looked at that have doubled since the last time; plans are made anew then. */
    static void gather(Connection connection) throws SQLException {
        List<String> grown = select(
                connection,
                row -> row.getString(1),
                "select quote_ident(relname) from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace"
                        + " and pg_relation_size(oid) > greatest(?, 2 * greatest(relpages, 0) * current_setting('block_size')::bigint)",
                FEW_BYTES);
        for (String table : grown) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze " + table);
            }
        }
    }
}
