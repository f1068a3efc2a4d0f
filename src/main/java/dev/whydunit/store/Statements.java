package dev.whydunit.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    private static final int MOST_IN_LIST = 512;

    private Statements() {}

    /** Changes rows; gives how many. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Does the same with one row of values after the other, in one go; gives how many rows each changed. */
    public static int[] batch(Connection connection, String sql, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] values : rows) {
                set(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /**
     * What each row makes that one of many values finds. The statement is asked for so many at once, of few lengths, so that the database
     * need not plan it anew for each number of values.
     *
     * @param sql with {@code (:values)} where the values belong; parameters before it are {@code first}, there are none behind it
     */
    public static <T> List<T> selectIn(
            Connection connection, Row<T> row, String sql, List<?> first, Collection<?> values) throws SQLException {
        List<T> found = new ArrayList<>();
        List<?> all = List.copyOf(values);
        for (int from = 0; from < all.size(); from += MOST_IN_LIST) {
            List<Object> some = new ArrayList<>(first);
            some.addAll(all.subList(from, Math.min(all.size(), from + MOST_IN_LIST)));
            int wanted = some.size() - first.size();
            int length = Math.max(4, Integer.highestOneBit(wanted * 2 - 1));
            while (some.size() < first.size() + length) {
                some.add(some.getLast());
            }
            String places = "(" + String.join(", ", Collections.nCopies(length, "?")) + ")";
            found.addAll(select(connection, row, sql.replace("(:values)", places), some.toArray()));
        }
        return found;
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
