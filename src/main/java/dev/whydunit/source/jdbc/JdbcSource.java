package dev.whydunit.source.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A database, read-only: each query runs in a read-only transaction of its own that is rolled back. PostgreSQL's server
 * refuses writes there; H2 has no such mode, so anything but a query is refused before it is sent. Thread-safe.
 */
public final class JdbcSource {
    /** Longer values are cut, with a mark. In characters. */
    private static final int MAX_VALUE = 10_000;

    private final String name;
    private final JdbcSettings settings;
    private final String url;
    private final Optional<String> password;

    JdbcSource(String name, JdbcSettings settings, Optional<String> password) {
        this.name = name;
        this.settings = settings;
        this.url = JdbcAddress.checked(settings.url());
        this.password = password;
    }

    /**
     * Runs one query.
     *
     * @param binds the values of its question marks: String, Long, Double, Boolean, Instant or Duration (as seconds)
     * @param maxRows rows after this one are not read
     * @param limit of time, connecting included
     * @throws SqlFailure when it cannot be answered
     * @throws InterruptedException when interrupted; the query is cancelled at the server
     */
    public SqlAnswer query(String sql, List<Object> binds, int maxRows, Duration limit)
            throws SqlFailure, InterruptedException {
        AtomicReference<Optional<Statement>> running = new AtomicReference<>(Optional.empty());
        CompletableFuture<SqlAnswer> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("sql " + name).start(() -> {
            try {
                answer.complete(run(sql, binds, maxRows, limit, running));
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            cancel(running);
            throw new SqlFailure(name + " did not answer within " + limit.toMillis() + " ms", true);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            cancel(running);
            throw e;
        }
    }

    private SqlFailure failure(Throwable cause) {
        String message = Optional.ofNullable(cause.getMessage()).orElseGet(() -> cause.getClass().getSimpleName());
        String line = message.lines().findFirst().orElse("").strip();
        String safe = password.filter(secret -> !secret.isEmpty())
                .map(secret -> line.replace(secret, "***"))
                .orElse(line);
        return new SqlFailure(name + ": " + safe, cause instanceof SQLTimeoutException);
    }

    private void cancel(AtomicReference<Optional<Statement>> running) {
        running.get().ifPresent(statement -> {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // The server's own time limit, set with the transaction, ends the query then.
                System.getLogger(JdbcSource.class.getName())
                        .log(System.Logger.Level.WARNING, "cancelling a query of " + name + " failed", e);
            }
        });
    }

    private SqlAnswer run(
            String sql, List<Object> binds, int maxRows, Duration limit, AtomicReference<Optional<Statement>> running)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, properties())) {
            begin(connection, limit);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                running.set(Optional.of(statement));
                if (statement.getMetaData() == null) {
                    throw new SQLException("only a query that returns rows may run here, and this is none");
                }
                bind(statement, binds);
                statement.setMaxRows(maxRows + 1);
                statement.setFetchSize(Math.min(maxRows + 1, 500));
                statement.setQueryTimeout((int) Math.max(1, limit.toSeconds()));
                try (ResultSet rows = statement.executeQuery()) {
                    return read(rows, maxRows);
                }
            } finally {
                running.set(Optional.empty());
                connection.rollback();
            }
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        if (!JdbcAddress.isH2(url)) {
            String seconds = Long.toString(Math.max(1, settings.connectTimeout().toSeconds()));
            properties.setProperty("connectTimeout", seconds);
            properties.setProperty("loginTimeout", seconds);
            properties.setProperty("ApplicationName", "whydunit");
            properties.setProperty("readOnlyMode", "always");
        }
        return properties;
    }

    private void begin(Connection connection, Duration limit) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        if (!JdbcAddress.isH2(url)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction read only");
                statement.execute("set local statement_timeout = " + Math.max(1, limit.toMillis()));
            }
        }
    }

    private static void bind(PreparedStatement statement, List<Object> binds) throws SQLException {
        for (int i = 0; i < binds.size(); i++) {
            switch (binds.get(i)) {
                case Instant instant -> statement.setTimestamp(i + 1, Timestamp.from(instant));
                case Duration duration -> statement.setDouble(i + 1, duration.toNanos() / 1e9);
                case Object value -> statement.setObject(i + 1, value);
            }
        }
    }

    private static SqlAnswer read(ResultSet rows, int maxRows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<Map<String, Object>> all = new ArrayList<>();
        while (rows.next()) {
            if (all.size() == maxRows) {
                return new SqlAnswer(all, true);
            }
            Map<String, Object> row = new LinkedHashMap<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                String label = columns.getColumnLabel(column).toLowerCase(Locale.ROOT);
                value(rows.getObject(column)).ifPresent(value -> row.put(label, value));
            }
            all.add(row);
        }
        return new SqlAnswer(all, false);
    }

    private static Optional<Object> value(@org.jspecify.annotations.Nullable Object raw) {
        return switch (raw) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            case Integer number -> Optional.of(number.longValue());
            case Short number -> Optional.of(number.longValue());
            case Byte number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case Number number -> Optional.of(number.doubleValue());
            case Timestamp timestamp -> Optional.of(timestamp.toInstant());
            case OffsetDateTime time -> Optional.of(time.toInstant());
            case LocalDateTime time -> Optional.of(time.toInstant(ZoneOffset.UTC));
            case byte[] bytes -> Optional.of("(" + bytes.length + " bytes)");
            default -> {
                String text = raw.toString();
                yield Optional.of(text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "… (cut)");
            }
        };
    }
}
