package dev.whydunit.store;

import static dev.whydunit.store.Statements.select;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The file of an embedded database, and how it is opened. */
final class SqliteFile {
    static final int BUSY_MILLIS = 10_000;
    /**
     * What a server's log may hold before it is copied into the file, in pages: each is copied once however often it was written since, and a
     * busy server writes the same ones again and again.
     */
    private static final int SERVER_LOG_PAGES = 8_000;
    /** What the indexes of a busy day take: with SQLite's own 2 MiB an alert costs nine reads of pages that it knew a moment ago. */
    private static final int SERVER_CACHE_KIB = 16 * 1024;

    private SqliteFile() {}

    /** Connections whose commits wait for the disk. */
    static SQLiteDataSource durable(Path file) {
        return source(file, config(SQLiteConfig.SynchronousMode.FULL));
    }

    /** A server's, whose commits do not wait for the disk. */
    static SQLiteDataSource ofServer(Path file) {
        return source(file, serverConfig(SQLiteConfig.SynchronousMode.NORMAL));
    }

    /**
     * A server's, for its one thread that commits.
     *
     * @param waits whether its commits wait for the disk
     */
    static SQLiteDataSource ofWriter(Path file, boolean waits) {
        SQLiteConfig config =
                serverConfig(waits ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        config.setCacheSize(-SERVER_CACHE_KIB);
        return source(file, config);
    }

    private static SQLiteConfig serverConfig(SQLiteConfig.SynchronousMode synchronous) {
        SQLiteConfig config = config(synchronous);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(SERVER_LOG_PAGES));
        return config;
    }

    private static SQLiteConfig config(SQLiteConfig.SynchronousMode synchronous) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        // A write transaction takes its lock at once, so that two processes wait for each other instead of failing.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config;
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** Whether there is a log: SQLite has none where the file system cannot share memory, such as one over a network. */
    static boolean hasLog(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return select(connection, row -> row.getString(1), "pragma journal_mode")
                    .getFirst()
                    .equals("wal");
        }
    }

    /**
     * Makes the file where there is none, and brings its schema up to date.
     *
     * @throws SQLException when it cannot be made, or was written by a later version
     */
    static void prepare(Path file, DataSource source) throws SQLException {
        try {
            makeFolder(file);
            makeFile(file);
        } catch (IOException e) {
            throw new SQLException("its folder or file cannot be made: " + e.getMessage(), e);
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

    /** For its owner alone, wherever its folder came from; SQLite gives the files beside it the same rights. */
    private static void makeFile(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Its rights are whoever made it so's.
            return;
        }
    }
}
