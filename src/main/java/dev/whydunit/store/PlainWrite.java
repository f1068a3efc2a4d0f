package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;

/** A write of whose outcome nobody keeps account but whoever waits for it. */
record PlainWrite<T>(Work<T> work) implements Write<T> {
    @Override
    public T in(Connection connection) throws SQLException {
        return work.in(connection);
    }

    @Override
    public void committed(T result) {
        // Whoever waits is told.
    }

    @Override
    public void failed(Exception cause) {
        // Whoever waits is told.
    }
}
