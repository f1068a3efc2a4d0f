package dev.whydunit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/**
 * The database, its schema brought up to date: SQLite in a file (what was committed survives a crash of the process and of
 * the machine: WAL, and nobody is told of a commit before it is on the disk; see docs/decisions/0002-embedded-journal.md and 0013), or PostgreSQL. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int EMBEDDED_READERS = 4;
    private static final int POSTGRES_CONNECTIONS = 10;
    private static final int QUEUE_CONNECTIONS = 4;
    private static final int WAIT_MILLIS = 5_000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** The time is asked for at every look of so many. */
    private static final int ASK_THE_TIME = 5;

    private final String name;
    private final Connections connections;
    private final Connections writes;
    private final boolean embedded;
    private final CommitGroup commits;
    private final InstantSource clock;
    private final DataSource queueSource;
    private final List<AutoCloseable> parts;

    private Database(
            String name,
            Connections connections,
            Connections writes,
            boolean embedded,
            InstantSource clock,
            DataSource queueSource,
            Durability durability,
            List<AutoCloseable> parts) {
        this.name = name;
        this.connections = connections;
        this.writes = writes;
        this.embedded = embedded;
        this.clock = clock;
        this.queueSource = queueSource;
        this.parts = List.copyOf(parts);
        this.commits = new CommitGroup(writes, durability);
    }

    /**
     * Opens a SQLite file, and makes it when there is none, for one short command: with one connection that is kept.
     *
     * @throws SQLException when it cannot be opened or was written by a later version
     */
    public static Database embedded(Path file) throws SQLException {
        SQLiteDataSource source = SqliteFile.durable(file);
        SqliteFile.prepare(file, source);
        Connections kept = new Connections(source::getConnection, true, Optional.of(FileIdentity.of(file)));
        return new Database(
                file.toString(), kept, kept, true, InstantSource.system(), source, Durability.OF_COMMIT, List.of());
    }

    /**
     * Opens a SQLite file, and makes it when there is none, for a server.
     *
     * @throws SQLException when it cannot be opened or was written by a later version
     */
    public static Database embeddedForServer(Path file) throws SQLException {
        SqliteFile.prepare(file, SqliteFile.durable(file));
        // What the queue writes with these does not wait for the disk: see pool(…) below. What is committed after it
        // takes it along.
        HikariConfig config = new HikariConfig();
        config.setPoolName("journal");
        config.setDataSource(SqliteFile.ofServer(file));
        config.setExceptionOverride(new SqliteFaults());
        config.setMaximumPoolSize(EMBEDDED_READERS);
        config.setConnectionTimeout(SqliteFile.BUSY_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        boolean logs = SqliteFile.hasLog(pool);
        // Writes have a connection of their own: they wait for nobody who reads.
        SQLiteDataSource writes = SqliteFile.ofWriter(file, !logs);
        return new Database(
                file.toString(),
                new Connections(pool::getConnection, false, Optional.of(FileIdentity.of(file))),
                new Connections(
                        () -> ReusingConnection.over(writes.getConnection()), true, Optional.of(FileIdentity.of(file))),
                true,
                InstantSource.system(),
                pool,
                logs ? new WriteAheadLog(file) : Durability.OF_COMMIT,
                List.of(pool));
    }

    /**
     * Opens a PostgreSQL database.
     *
     * @param url its JDBC address
     * @throws SQLException when it cannot be reached or was written by a later version
     */
    public static Database postgres(String url, String user, String password) throws SQLException {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new SQLException(
                    "the address of the database must begin with jdbc:postgresql:, not " + url.split("[/?]", 2)[0]);
        }
        String address = url.split("\\?", 2)[0];
        HikariDataSource pool = pool("journal", POSTGRES_CONNECTIONS, url, user, password);
        try {
            DatabaseClock clock;
            try (Connection connection = pool.getConnection()) {
                if (!Schema.isCurrent(connection)) {
                    Schema.migrate(pool);
                }
                clock = new DatabaseClock(connection);
            }
            HikariDataSource queue = pool("queue", QUEUE_CONNECTIONS, url, user, password);
            // Writes wait for nobody who reads: having no connection to give would look as if the database were gone.
            HikariDataSource writes = pool("commits", 1, url, user, password);
            Thread time = Thread.ofPlatform().daemon().name("time").start(() -> keep(clock, queue));
            return new Database(
                    address,
                    new Connections(pool::getConnection, false, Optional.empty()),
                    new Connections(writes::getConnection, false, Optional.empty()),
                    false,
                    clock,
                    queue,
                    Durability.OF_COMMIT,
                    List.of(time::interrupt, queue, writes, pool));
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariDataSource pool(String name, int connections, String url, String user, String password)
            throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(SqliteFile.BUSY_MILLIS);
        config.addDataSourceProperty("ApplicationName", "whydunit");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        if (name.equals("queue")) {
            // Whatever of claims and heartbeats a crash of the database takes back is claimed again: the number of the
            // attempt
            // fences, and what ended is not begun again. So none of it waits for the disk.
            config.setConnectionInitSql("set synchronous_commit to off");
        }
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new SQLException("cannot reach " + url.split("\\?", 2)[0] + ": " + e.getMessage(), e);
        }
    }

    /** Asks the database for the time, and sees to its statistics, again and again, until interrupted. */
    private static void keep(DatabaseClock clock, DataSource source) {
        for (int looks = 1; !Thread.currentThread().isInterrupted(); looks++) {
            try {
                Thread.sleep(LOOK);
                try (Connection connection = source.getConnection()) {
                    if (looks % ASK_THE_TIME == 0) {
                        clock.ask(connection);
                    }
                    Statistics.gather(connection);
                }
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                // While it is not there the monotonic clock goes on; writes say that it is not there.
                System.getLogger(Database.class.getName())
                        .log(System.Logger.Level.DEBUG, "the database is not asked for its time and statistics", e);
            }
        }
    }

    /** What it is, for messages: a file or an address, without a password. */
    public String name() {
        return name;
    }

    /** Whether it is the embedded one, which one process at a time serves. */
    public boolean isEmbedded() {
        return embedded;
    }

    /**
     * Connections for the queue, which manages its own transactions; a commit there does not wait for the disk. With PostgreSQL they are
     * its own, so that a heartbeat waits for nobody.
     */
    public DataSource queueSource() {
        return queueSource;
    }

    /**
     * The time that everybody who shares this database agrees on: PostgreSQL's own, however this machine's clock is set; this machine's
     * where the database is embedded.
     */
    public InstantSource clock() {
        return clock;
    }

    /** How far this machine's clock is ahead of {@link #clock()}; negative when it is behind. */
    public Duration clockAhead() {
        return clock instanceof DatabaseClock shared ? shared.ahead() : Duration.ZERO;
    }

    /** Reads; each statement sees what was committed before it. */
    public <T> T read(Work<T> work) throws SQLException {
        Optional<SQLException> lost = commits.lost();
        if (lost.isPresent()) {
            // Waiting for a connection would take everybody's time.
            throw new SQLTransientConnectionException(
                    "the database cannot be reached: " + lost.get().getMessage(), lost.get());
        }
        return connections.with(work);
    }

    /**
     * A small write by itself, at once, such as a lease. A crash of the database's machine may take it back.
     *
     * @throws SQLException when it is not done
     */
    public <T> T brief(Work<T> work) throws SQLException {
        if (embedded) {
            try {
                return commits.submit(work).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getCause());
            }
        }
        try (Connection connection = queueSource.getConnection()) {
            return work.in(connection);
        }
    }

    /** Writes. */
    public CommitGroup commits() {
        return commits;
    }

    @Override
    public void close() throws SQLException {
        commits.close();
        writes.close();
        connections.close();
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (SQLException e) {
                throw e;
            } catch (Exception e) {
                throw new SQLException("closing " + name + " failed: " + e.getMessage(), e);
            }
        }
    }
}
