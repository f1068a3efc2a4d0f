package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A kind of which each write is done by itself. */
record Alone<T>() implements Together<Write<T>, T> {
    @Override
    public List<T> in(Connection connection, List<Write<T>> writes) throws SQLException {
        return List.of(writes.getFirst().in(connection));
    }

    @Override
    public void committed(List<Write<T>> writes, List<T> results) {
        writes.getFirst().committed(results.getFirst());
    }

    @Override
    public void failed(Write<T> write, Exception cause) {
        write.failed(cause);
    }
}
