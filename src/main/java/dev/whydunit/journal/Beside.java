package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import java.sql.Connection;
import java.sql.SQLException;

/** What is kept in the transaction of an event: with it, or not at all. */
@FunctionalInterface
public interface Beside {
    /**
     * Keeps it. Called by the one thread that commits, after the event's own rows were written; once more when the transaction failed for
     * another's sake. Must not wait for anything.
     */
    void keep(Connection connection, Event event) throws SQLException;

    /** Keeps nothing. */
    static Beside nothing() {
        return (connection, event) -> {};
    }
}
