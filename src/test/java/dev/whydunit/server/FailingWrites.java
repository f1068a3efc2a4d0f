package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A SQLite database that takes so many writes to its tables and fails at the next, as a disk does that is full. */
final class FailingWrites {
    /** More than any test writes. */
    static final int NEVER = 1_000_000;

    private FailingWrites() {}

    /** Makes a database one that can fail; it does not yet. */
    static void prepare(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> tables = select(
                    connection,
                    row -> row.getString(1),
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like 'flyway%'");
            statement.execute("create table failing (writes integer not null)");
            statement.execute("insert into failing values (" + NEVER + ")");
            for (String table : tables) {
                for (String what : List.of("insert", "update", "delete")) {
                    statement.execute("create trigger fail_" + what + "_" + table + " before " + what + " on " + table
                            + " begin select raise(abort, 'the disk is full (a test)') where (select writes from failing) <= 0;"
                            + " update failing set writes = writes - 1; end");
                }
            }
        }
    }

    /** From now on it takes so many writes. */
    static void after(Path file, int writes) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update failing set writes = " + writes);
        }
    }

    /** How many it has taken since {@link #NEVER} was said. */
    static int taken(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return NEVER
                    - select(connection, row -> row.getInt(1), "select writes from failing")
                            .getFirst();
        }
    }
}
