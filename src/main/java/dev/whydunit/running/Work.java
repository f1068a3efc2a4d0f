package dev.whydunit.running;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** Where work is put that is to be done once what it is about is committed. */
public interface Work {
    /** Looking at an incident: which investigations it gets. */
    String TRIAGE = "triage";

    /** Doing an investigation. */
    String INVESTIGATE = "investigate";

    /** Sending a message to a channel. */
    String NOTIFY = "notify";

    /** Ahead of every investigation: triage takes milliseconds, and only it knows what is critical. */
    int FIRST = 90;

    /** Messages are short work, and done beside the diagnoses. */
    int BY_MESSAGE = 85;

    /** What a person waits for. */
    int BY_PERSON = 80;

    /** What nobody waits for. */
    int BY_SCHEDULE = 5;

    /**
     * Adds work in somebody's transaction.
     *
     * @param kind {@link #TRIAGE}, {@link #INVESTIGATE} or {@link #NOTIFY}
     * @param due the ids, and when each is to be done
     * @param priority of what is due and cannot all be done at once, the greatest is done first
     */
    void addAll(Connection connection, String kind, Map<String, Instant> due, int priority) throws SQLException;

    /**
     * Adds one piece of work in somebody's transaction.
     *
     * @param at when it is to be done
     */
    default void add(Connection connection, String kind, String id, Instant at, int priority) throws SQLException {
        addAll(connection, kind, Map.of(id, at), priority);
    }

    /** Looks for due work now and not when the next look is due. */
    void hurry();
}
