package dev.whydunit.source.jdbc;

import dev.whydunit.source.Probed;
import dev.whydunit.source.jdbc.SqlFailure.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A database, read-only: each query runs in a read-only transaction of its own that is rolled back. PostgreSQL's server
 * refuses writes there; H2 has no such mode, so anything but a query is refused before it is sent. Thread-safe.
 */
public final class JdbcSource implements Probed {
    /** What the server sends beyond this ends the query instead of this process. */
    private static final String MAX_RESULT = "64M";
    /** In seconds. */
    private static final String CANCEL_TIMEOUT = "2";

    private static final String CANCELLED = "57014";
    private static final String NO_PRIVILEGE = "42501";
    private static final String READ_ONLY = "25006";

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
        Optional<String> objection = ReadOnlyStatement.objection(sql, JdbcAddress.isH2(url));
        if (objection.isPresent()) {
            throw new SqlFailure(name + ": " + objection.get(), Reason.DENIED);
        }
        AtomicReference<Optional<Statement>> running = new AtomicReference<>(Optional.empty());
        CompletableFuture<SqlAnswer> answer = new CompletableFuture<>();
        // A platform thread, never interrupted: an interrupt would close the files of an H2 in this process, and its
        // reads hold
        // the carrier of a virtual thread.
        Thread.ofPlatform().daemon().name("sql " + name).start(() -> {
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
            throw new SqlFailure(name + " did not answer within " + limit.toMillis() + " ms", Reason.TIMED_OUT);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            cancel(running);
            throw e;
        }
    }

    @Override
    public Optional<String> trouble(Duration limit) throws InterruptedException {
        try {
            query("select 1", List.of(), 1, limit);
            return Optional.empty();
        } catch (SqlFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private SqlFailure failure(Throwable cause) {
        String message = Optional.ofNullable(cause.getMessage())
                .orElseGet(() -> cause.getClass().getSimpleName());
        String line = message.lines().findFirst().orElse("").strip();
        String safe = password.filter(secret -> !secret.isEmpty())
                .map(secret -> line.replace(secret, "***"))
                .orElse(line);
        String state = cause instanceof SQLException sql
                ? Optional.ofNullable(sql.getSQLState()).orElse("")
                : "";
        return new SqlFailure(
                name + ": " + safe,
                switch (state) {
                    case CANCELLED -> Reason.TIMED_OUT;
                    case NO_PRIVILEGE, READ_ONLY -> Reason.DENIED;
                    default -> reason(cause, state);
                });
    }

    private static Reason reason(Throwable cause, String state) {
        if (cause instanceof SQLTimeoutException) {
            return Reason.TIMED_OUT;
        }
        // Classes of SQLSTATE: no connection, no resources left, ended by an operator.
        boolean unwell = Stream.of("08", "53", "57P").anyMatch(state::startsWith);
        return unwell ? Reason.UNREACHABLE : Reason.FAILED;
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
        try (Connection connection = DriverManager.getConnection(url, properties(limit))) {
            // Nothing is ever committed: closing the connection rolls back.
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
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
                    return SqlRows.read(rows, maxRows);
                }
            } finally {
                running.set(Optional.empty());
            }
        }
    }

    private Properties properties(Duration limit) {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        if (!JdbcAddress.isH2(url)) {
            String seconds = Long.toString(Math.max(1, settings.connectTimeout().toSeconds()));
            properties.setProperty("connectTimeout", seconds);
            properties.setProperty("loginTimeout", seconds);
            properties.setProperty("ApplicationName", "whydunit");
            properties.setProperty("readOnlyMode", "always");
            properties.setProperty("maxResultBuffer", MAX_RESULT);
            properties.setProperty("cancelSignalTimeout", CANCEL_TIMEOUT);
            properties.setProperty("socketTimeout", Long.toString(limit.toSeconds() + 5));
            properties.setProperty(
                    "options",
                    "-c default_transaction_read_only=on -c standard_conforming_strings=on" + " -c statement_timeout="
                            + Math.max(1, limit.toMillis()));
        }
        return properties;
    }

    private static void bind(PreparedStatement statement, List<Object> binds) throws SQLException {
        for (int i = 0; i < binds.size(); i++) {
            switch (binds.get(i)) {
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case Duration duration -> statement.setDouble(i + 1, duration.toNanos() / 1e9);
                case Object value -> statement.setObject(i + 1, value);
            }
        }
    }
}
