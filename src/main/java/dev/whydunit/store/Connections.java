package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lends connections. Those of a pool go back to it; a command, which lives too short for a pool, keeps its few open. */
final class Connections implements AutoCloseable {
    /** Opens connections, or takes them from a pool. */
    @FunctionalInterface
    interface Source {
        /** One more. */
        Connection open() throws SQLException;
    }

    private final Source source;
    private final boolean kept;
    private final Optional<FileIdentity> file;
    private final Deque<Connection> idle = new ArrayDeque<>();

    /**
     * Lends nothing yet.
     *
     * @param kept whether connections are kept here and not by the source
     * @param file that of an embedded database
     */
    Connections(Source source, boolean kept, Optional<FileIdentity> file) {
        this.source = source;
        this.kept = kept;
        this.file = file;
    }

    <T> T with(Work<T> work) throws SQLException {
        if (file.isPresent()) {
            file.get().check();
        }
        if (!kept) {
            try (Connection connection = source.open()) {
                return work.in(connection);
            }
        }
        Connection connection = take();
        boolean usable = true;
        try {
            return work.in(connection);
        } catch (SQLException e) {
            usable = !SqliteFaults.lasts(e);
            throw e;
        } finally {
            if (usable) {
                synchronized (idle) {
                    idle.push(connection);
                }
            } else {
                connection.close();
            }
        }
    }

    private Connection take() throws SQLException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return source.open();
    }

    @Override
    public void close() throws SQLException {
        synchronized (idle) {
            while (!idle.isEmpty()) {
                idle.pop().close();
            }
        }
    }
}
