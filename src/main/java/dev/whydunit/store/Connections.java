package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/** Lends connections. Those of a pool go back to it; a command, which lives too short for a pool, keeps its few open. */
final class Connections implements AutoCloseable {
    private final DataSource source;
    private final boolean kept;
    private final Deque<Connection> idle = new ArrayDeque<>();

    /** @param kept whether connections are kept here and not by the source */
    Connections(DataSource source, boolean kept) {
        this.source = source;
        this.kept = kept;
    }

    <T> T with(Work<T> work) throws SQLException {
        if (!kept) {
            try (Connection connection = source.getConnection()) {
                return work.in(connection);
            }
        }
        Connection connection = take();
        try {
            return work.in(connection);
        } finally {
            synchronized (idle) {
                idle.push(connection);
            }
        }
    }

    private Connection take() throws SQLException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return source.getConnection();
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
