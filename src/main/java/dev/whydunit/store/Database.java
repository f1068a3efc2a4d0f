package dev.whydunit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database, its schema brought up to date: SQLite in a file (what was committed survives a crash of the process and of
 * the machine: WAL, synchronous=FULL; see docs/decisions/0002-embedded-journal.md), or PostgreSQL. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;
    private static final int EMBEDDED_READERS = 4;
    private static final int POSTGRES_CONNECTIONS = 10;

    private final String name;
    private final Connections connections;
    private final boolean embedded;
    private final CommitGroup commits;
    private final Optional<HikariDataSource> pool;

    private Database(String name, Connections connections, boolean embedded, Optional<HikariDataSource> pool) {
        this.name = name;
        this.connections = connections;
        this.embedded = embedded;
        this.pool = pool;
        this.commits = new CommitGroup(connections);
    }

    /**
     * Opens a SQLite file, and makes it when there is none, for one short command: with one connection that is kept.
     *
     * @throws SQLException when it cannot be opened or was written by a later version
     */
    public static Database embedded(Path file) throws SQLException {
        SQLiteDataSource source = sqlite(file);
        prepare(file, source);
        return new Database(file.toString(), new Connections(source, true), true, Optional.empty());
    }

    /**
     * Opens a SQLite file, and makes it when there is none, for a server.
     *
     * @throws SQLException when it cannot be opened or was written by a later version
     */
    public static Database embeddedForServer(Path file) throws SQLException {
        SQLiteDataSource source = sqlite(file);
        prepare(file, source);
        HikariConfig config = new HikariConfig();
        config.setPoolName("journal");
        config.setDataSource(source);
        config.setMaximumPoolSize(EMBEDDED_READERS);
        config.setConnectionTimeout(BUSY_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        return new Database(file.toString(), new Connections(pool, false), true, Optional.of(pool));
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
        HikariConfig config = new HikariConfig();
        config.setPoolName("journal");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(POSTGRES_CONNECTIONS);
        config.setConnectionTimeout(BUSY_MILLIS);
        config.setInitializationFailTimeout(BUSY_MILLIS);
        config.addDataSourceProperty("ApplicationName", "whydunit");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new SQLException("cannot reach " + url.split("\\?", 2)[0] + ": " + e.getMessage(), e);
        }
        try (Connection connection = pool.getConnection()) {
            if (!Schema.isCurrent(connection)) {
                Schema.migrate(pool);
            }
        } catch (SQLException e) {
            pool.close();
            throw e;
        }
        return new Database(url.split("\\?", 2)[0], new Connections(pool, false), false, Optional.of(pool));
    }

    private static SQLiteDataSource sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        // A write transaction takes its lock at once, so that two processes wait for each other instead of failing.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void prepare(Path file, DataSource source) throws SQLException {
        try {
            makeFolder(file);
        } catch (IOException e) {
            throw new SQLException("its folder cannot be made: " + e.getMessage(), e);
        }
        try (Connection connection = source.getConnection()) {
            if (Schema.isCurrent(connection)) {
                return;
            }
        }
        // Within one process a lock on a file is refused and not waited for.
        synchronized (Schema.class) {
            migrateAlone(file, source);
        }
    }

    /** Flyway has no lock for SQLite: of two processes that find a new database one must wait. */
    private static void migrateAlone(Path file, DataSource source) throws SQLException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock();
                Connection connection = source.getConnection()) {
            if (held.isValid() && !Schema.isCurrent(connection)) {
                connection.close();
                Schema.migrate(source);
            }
        } catch (IOException e) {
            throw new SQLException("it cannot be locked: " + e.getMessage(), e);
        }
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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

    /** Connections for a library that manages its own transactions. */
    public DataSource dataSource() {
        return connections.source();
    }

    /** Reads; each statement sees what was committed before it. */
    public <T> T read(Work<T> work) throws SQLException {
        return connections.with(work);
    }

    /** Writes. */
    public CommitGroup commits() {
        return commits;
    }

    @Override
    public void close() throws SQLException {
        commits.close();
        connections.close();
        pool.ifPresent(HikariDataSource::close);
    }
}
