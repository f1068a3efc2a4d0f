package dev.whydunit.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Short ways to say a statement. Values are always parameters: whole numbers and numbers as such, {@link #NOTHING} as null, all else as
 * its text.
 */
public final class Statements {
    /** Makes something of a row. */
    @FunctionalInterface
    public interface Row<T> {
        /** The thing. */
        T of(ResultSet row) throws SQLException;
    }

    private Statements() {}

    /** Changes rows; gives how many. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    /** What each row makes, in order. */
    public static <T> List<T> select(Connection connection, Row<T> row, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Integer number -> statement.setInt(i + 1, number);
                case Long number -> statement.setLong(i + 1, number);
                case Double number -> statement.setDouble(i + 1, number);
                case Object value -> statement.setString(i + 1, value == NOTHING ? null : value.toString());
            }
        }
    }

    /** SQL's null. */
    public static final Object NOTHING = new Object();
}
