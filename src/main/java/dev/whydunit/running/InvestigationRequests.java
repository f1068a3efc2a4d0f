package dev.whydunit.running;

import static dev.whydunit.store.Statements.NOTHING;
import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Investigations that are wanted and not begun, as rows that a server or a command takes up. */
public final class InvestigationRequests {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ID_LETTERS = 7;

    private final String environment;
    private final UnaryOperator<String> mask;
    private final SecureRandom random = new SecureRandom();

    /**
     * Stores nothing yet.
     *
     * @param environment of the configuration, in which they are run
     * @param mask takes secrets out of a request's JSON before it is stored: a step never sees one that was in it
     */
    public InvestigationRequests(String environment, UnaryOperator<String> mask) {
        this.environment = environment;
        this.mask = mask;
    }

    /**
     * One that somebody is in charge of now.
     *
     * @param attempt fences those who were in charge before
     * @param incident that it belongs to
     */
    public record Claimed(Requested requested, int attempt, Optional<String> incident) {}

    /**
     * Stores that an investigation is wanted; the caller's transaction adds it to the queue.
     *
     * @return its id
     */
    public String request(Connection connection, Requested requested, Optional<String> incident, Instant now)
            throws SQLException {
        String id = InvestigationId.next(now, random, ID_LETTERS);
        update(
                connection,
                "insert into investigation (id, runbook, environment, started_at, incident, state, request)"
                        + " values (?, ?, ?, ?, ?, 'queued', ?)",
                id,
                requested.runbook(),
                environment,
                now,
                incident.<Object>map(belongs -> belongs).orElse(NOTHING),
                text(requested));
        return id;
    }

    /** Takes charge of one; empty when it has ended or nobody asked for it by a request. */
    public static Optional<Claimed> claim(Connection connection, String id) throws SQLException {
        return select(
                        connection,
                        InvestigationRequests::claimed,
                        "update investigation set attempt = attempt + 1 where id = ? and state <> 'ended'"
                                + " and request is not null returning request, attempt, incident",
                        id)
                .stream()
                .findFirst();
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(parse(row.getString(1)), row.getInt(2), Optional.ofNullable(row.getString(3)));
    }

    /** What one was asked to do; empty when nobody asked for it by a request. */
    public static Optional<Claimed> find(Connection connection, String id) throws SQLException {
        return select(
                        connection,
                        InvestigationRequests::claimed,
                        "select request, attempt, incident from investigation where id = ? and request is not null",
                        id)
                .stream()
                .findFirst();
    }

    /** Ends one that cannot be begun. */
    public static void giveUp(Connection connection, String id, Instant now) throws SQLException {
        update(
                connection,
                "update investigation set state = 'ended', ended_at = ?, status = 'not_started' where id = ?",
                now,
                id);
    }

    /** A request as it is stored. */
    public String text(Requested requested) {
        return mask.apply(JSON.writeValueAsString(requested));
    }

    /** A request as it is stored. */
    static Requested parse(String text) {
        return JSON.readValue(text, Requested.class);
    }
}
