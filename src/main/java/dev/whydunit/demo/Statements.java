package dev.whydunit.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The shop's SQL, as the release that is live has it in {@code queries.properties}; timed, and logged when slow. Thread-safe. */
final class Statements {
    private static final long SLOW_NANOS = 100_000_000;

    private final Path file;
    private final EcsLog log;
    private final ShopMetrics metrics;
    private volatile Properties texts;

    Statements(Path file, EcsLog log, ShopMetrics metrics) throws IOException {
        this.file = file;
        this.log = log;
        this.metrics = metrics;
        this.texts = read(file);
    }

    /** Takes the texts of the release that lies there now. */
    void reload() throws IOException {
        texts = read(file);
    }

    /** Runs a query and hands its rows over; the time until the first row is what counts as its duration. */
    void query(Connection connection, String name, Rows rows, Object... values) throws SQLException {
        String text = text(name);
        long start = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            bind(statement, values);
            try (ResultSet found = statement.executeQuery()) {
                ended(name, text, start);
                rows.take(found);
            }
        } catch (SQLException e) {
            ended(name, text, start);
            throw e;
        }
    }

    /** Runs an insert or an update. */
    void change(Connection connection, String name, Object... values) throws SQLException {
        String text = text(name);
        long start = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            bind(statement, values);
            statement.executeUpdate();
        } finally {
            ended(name, text, start);
        }
    }

    private String text(String name) {
        String text = texts.getProperty(name);
        if (text == null) {
            throw new IllegalStateException(file + " has no statement " + name);
        }
        return text;
    }

    private void ended(String name, String text, long start) {
        long nanos = System.nanoTime() - start;
        metrics.statement(name, nanos);
        if (nanos > SLOW_NANOS) {
            log.warn(
                    String.format(Locale.ROOT, "slow statement: duration: %.3f ms  statement: %s", nanos / 1e6, text),
                    Map.of("event.duration", nanos, "db.query.text", text, "db.operation.name", name));
        }
    }

    private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        }
        return texts;
    }

    /** Takes a query's rows. */
    interface Rows {
        void take(ResultSet rows) throws SQLException;
    }
}
