package dev.whydunit.server;

import static dev.whydunit.store.Statements.NOTHING;
import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.store.Database;
import dev.whydunit.store.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What people want of investigations, in the order in which they said it, in the database: any node may be told, and a restart forgets nothing. */
final class ActStore {
    /** Of one investigation. Nobody says more in the time that a node needs to hear it. */
    private static final int MOST_WAITING = 50;

    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_SHOWN = 1_000;
    private static final String COLUMNS =
            "a.investigation, a.number, a.kind, a.body, a.said_by, a.said_role, a.said_at, a.done_at, a.refused";

    private final Database database;
    private final UnaryOperator<String> mask;

    /** @param mask takes out of an act's JSON what must not be stored */
    ActStore(Database database, UnaryOperator<String> mask) {
        this.database = database;
        this.mask = mask;
    }

    /**
     * An act as it is kept.
     *
     * @param number counts those of one investigation, from 1
     * @param doneAt empty while it waits
     * @param refused why it was not done; empty when it was, or waits
     */
    record Kept(
            String investigation,
            int number,
            Act act,
            Speaker by,
            Instant at,
            Optional<Instant> doneAt,
            Optional<String> refused) {
        /** In a word. */
        String state() {
            return doneAt.isEmpty() ? "waits" : refused.isEmpty() ? "done" : "refused";
        }
    }

    /** What came of it that somebody wants something. */
    sealed interface Taken {
        /** It is kept: done, or waiting for the node that runs the investigation. */
        record Told(Kept kept) implements Taken {}

        /** It cannot be done. */
        record Refused(String why) implements Taken {}

        /** So many wait for the investigation that no more are taken just now. */
        record TooMany() implements Taken {}

        /** There is no such investigation. */
        record Unknown() implements Taken {}
    }

    /**
     * Takes an act, in one transaction: what has ended is changed at once; for what waits or runs it is kept, and whichever node runs it hears of it.
     *
     * @param key by which whoever asks twice says that it is the same; empty when they do not
     * @param whenEnded does it to an investigation that has ended; gives why it cannot
     */
    Taken take(String investigation, Speaker by, Act act, Optional<String> key, Work<Optional<String>> whenEnded) {
        String body = act.body(mask);
        return database.commits()
                .submit(connection -> {
                    // Held, so that it neither begins to end nor is gone on with meanwhile, and numbers have no gaps.
                    update(connection, "update investigation set attempt = attempt where id = ?", investigation);
                    Optional<String> state = select(
                                    connection,
                                    row -> row.getString(1),
                                    "select state from investigation where id = ? and state <> 'pruned'",
                                    investigation)
                            .stream()
                            .findFirst();
                    if (state.isEmpty()) {
                        return new Taken.Unknown();
                    }
                    Optional<Kept> before =
                            key.isPresent() ? byKey(connection, investigation, key.get()) : Optional.empty();
                    if (before.isPresent()) {
                        return new Taken.Told(before.get());
                    }
                    boolean ended = state.get().equals("ended");
                    Optional<String> refused = ended ? whenEnded.in(connection) : whileItRuns(investigation, act);
                    if (refused.isPresent()) {
                        return new Taken.Refused(refused.get());
                    }
                    if (!ended && waiting(connection, investigation) >= MOST_WAITING) {
                        return new Taken.TooMany();
                    }
                    return new Taken.Told(insert(connection, investigation, act, body, by, key, ended));
                })
                .join();
    }

    /** Why it cannot be done to one that has not ended. */
    private static Optional<String> whileItRuns(String investigation, Act act) {
        return switch (act) {
            case Act.Note note -> Optional.empty();
            case Act.RuleOut out -> Optional.empty();
            case Act.Stop stop -> Optional.empty();
            case Act.Confirm confirm ->
                Optional.of("investigation " + investigation + " has not ended; confirm what it was once it has");
            case Act.Redo redo ->
                Optional.of(
                        "investigation " + investigation + " has not ended; look again once it has, or stop it first");
        };
    }

    private static Optional<Kept> byKey(Connection connection, String investigation, String key) throws SQLException {
        return select(
                        connection,
                        ActStore::kept,
                        "select " + COLUMNS + " from act a where a.investigation = ? and a.request_key = ?",
                        investigation,
                        key)
                .stream()
                .findFirst();
    }

    private static int waiting(Connection connection, String investigation) throws SQLException {
        return select(
                        connection,
                        row -> row.getInt(1),
                        "select count(*) from act where investigation = ? and done_at is null",
                        investigation)
                .getFirst();
    }

    private Kept insert(
            Connection connection,
            String investigation,
            Act act,
            String body,
            Speaker by,
            Optional<String> key,
            boolean done)
            throws SQLException {
        Instant now = database.clock().instant();
        int number = select(
                        connection,
                        row -> row.getInt(1),
                        "select coalesce(max(number), 0) + 1 from act where investigation = ?",
                        investigation)
                .getFirst();
        update(
                connection,
                "insert into act (investigation, number, kind, body, said_by, said_role, said_at, request_key, done_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                investigation,
                number,
                act.kind(),
                body,
                by.name(),
                by.role().word(),
                now,
                key.<Object>map(text -> text).orElse(NOTHING),
                done ? now : NOTHING);
        return new Kept(
                investigation, number, act, by, now, done ? Optional.of(now) : Optional.empty(), Optional.empty());
    }

    /** Those that wait and that a node which runs these investigations can do something about, in order; one that has ended is anybody's. */
    List<Kept> waiting(Collection<String> runningHere) throws SQLException {
        List<Object> ids = new ArrayList<>(runningHere);
        String here = ids.isEmpty()
                ? ""
                : " or a.investigation in (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
        return database.read(connection -> select(
                connection,
                ActStore::kept,
                "select " + COLUMNS + " from act a join investigation i on i.id = a.investigation"
                        + " where a.done_at is null and (i.state = 'ended'" + here
                        + ") order by a.said_at, a.investigation, a.number limit " + MOST_AT_ONCE,
                ids.toArray()));
    }

    /** One of them. */
    Optional<Kept> find(String investigation, int number) throws SQLException {
        return database.read(connection -> select(
                        connection,
                        ActStore::kept,
                        "select " + COLUMNS + " from act a where a.investigation = ? and a.number = ?",
                        investigation,
                        number)
                .stream()
                .findFirst());
    }

    /** Those of an investigation, in order. */
    List<Kept> of(String investigation) throws SQLException {
        return database.read(connection -> select(
                connection,
                ActStore::kept,
                "select " + COLUMNS + " from act a where a.investigation = ? order by a.number limit " + MOST_SHOWN,
                investigation));
    }

    /**
     * Marks one as done in somebody's transaction.
     *
     * @param refused why it was not; empty when it was
     * @return whether it waited until now
     */
    static boolean done(Connection connection, String investigation, int number, Instant now, Optional<String> refused)
            throws SQLException {
        return update(
                        connection,
                        "update act set done_at = ?, refused = ? where investigation = ? and number = ? and done_at is null",
                        now,
                        refused.<Object>map(why -> why).orElse(NOTHING),
                        investigation,
                        number)
                == 1;
    }

    /** Whether it waits for an investigation that has ended; both are held until the transaction ends. */
    static boolean waitsAfterTheEnd(Connection connection, Kept kept) throws SQLException {
        int ended = update(
                connection,
                "update investigation set attempt = attempt where id = ? and state = 'ended'",
                kept.investigation());
        return ended == 1
                && update(
                                connection,
                                "update act set refused = null where investigation = ? and number = ? and done_at is null",
                                kept.investigation(),
                                kept.number())
                        == 1;
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getString(1),
                row.getInt(2),
                Act.read(row.getString(3), row.getString(4)),
                new Speaker(row.getString(5), Role.named(row.getString(6)).orElse(Role.VIEWER)),
                Instant.parse(row.getString(7)),
                Optional.ofNullable(row.getString(8)).map(Instant::parse),
                Optional.ofNullable(row.getString(9)));
    }
}
