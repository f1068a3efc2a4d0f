package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.store.Database;
import dev.whydunit.store.SchemaTooNew;
import dev.whydunit.store.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The journal of all investigations, in one SQLite database under the state directory. Several processes may use it at
 * once. What was flushed survives a crash of the process and of the machine (WAL; see
 * docs/decisions/0002-embedded-journal.md).
 */
public final class JournalStore implements Archive {
    private final Database database;
    private final JournalReader reader;

    /** @param database closed with this store */
    public JournalStore(Database database) {
        this.database = database;
        this.reader = new JournalReader(database);
    }

    /** Loads what it takes to keep events, ahead of the first; nothing is opened or written. */
    public static void load() {
        EventJson.write(new Event.Ended(Instant.EPOCH, ""));
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // Opening the journal fails for the same reason, and says so.
            return;
        }
    }

    /**
     * Opens the journal, and makes it when there is none.
     *
     * @param state the state directory; made, readable by its owner alone, when it is not there
     * @throws JournalFailure when it cannot be opened or was written by a later version
     */
    public static JournalStore open(Path state) {
        return new JournalStore(embedded(state));
    }

    /**
     * As {@link #open}, the database alone.
     *
     * @throws JournalFailure when it cannot be opened or was written by a later version
     */
    public static Database embedded(Path state) {
        Path file = state.resolve("journal.db");
        try {
            return Database.embedded(file);
        } catch (SchemaTooNew e) {
            throw new JournalFailure("the journal " + file + " cannot be used: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new JournalFailure(
                    "cannot open the journal " + file + ": " + e.getMessage()
                            + "; set WHYDUNIT_STATE or --state to a folder that you may write to",
                    e);
        }
    }

    @Override
    public String name() {
        return database.name();
    }

    /**
     * Begins to keep the events of an investigation. Close it at the end: that flushes.
     *
     * @param id a new id
     */
    public JournalWriter begin(String id) {
        return begin(id, UnaryOperator.identity());
    }

    /**
     * As {@link #begin(String)}.
     *
     * @param mask takes out of an event's JSON what must not be stored
     */
    public JournalWriter begin(String id, UnaryOperator<String> mask) {
        return new JournalWriter(id, database, mask);
    }

    /**
     * Goes on to keep the events of an investigation.
     *
     * @param before its events so far
     * @param attempt which of those that were made at it: once a later one is in charge, this one's events are kept as late
     * @param mask takes out of an event's JSON what must not be stored
     * @throws JournalFailure when its events were changed
     */
    public JournalWriter goOn(StoredEvents before, String runbook, int attempt, UnaryOperator<String> mask) {
        return goOn(before, runbook, attempt, mask, Beside.nothing());
    }

    /**
     * As the other.
     *
     * @param beside what is kept in the transaction of each event
     */
    public JournalWriter goOn(
            StoredEvents before, String runbook, int attempt, UnaryOperator<String> mask, Beside beside) {
        return new JournalWriter(before.id(), database, mask, attempt, head(before, runbook), beside);
    }

    private static JournalWriter.StoredHead head(StoredEvents before, String runbook) {
        if (!before.intact()) {
            throw new JournalFailure(
                    "the journal of investigation " + before.id() + " was changed at event " + before.brokenAt()
                            + ": it is not gone on with",
                    new SQLException("hash chain broken"));
        }
        return new JournalWriter.StoredHead(before.head(), before.events().size(), runbook);
    }

    /**
     * Takes an investigation over: whoever worked on it before is not in charge any more, and what they still find is kept as late.
     *
     * @return the attempt to go on with; see {@link #goOn}
     * @throws JournalFailure when there is no such investigation or it cannot be stored
     */
    public int takeOver(String id) {
        try {
            return database.commits()
                    .submit(connection -> {
                        Statements.update(
                                connection, "update investigation set attempt = attempt + 1 where id = ?", id);
                        return Statements.select(
                                        connection,
                                        row -> row.getInt(1),
                                        "select attempt from investigation where id = ?",
                                        id)
                                .getFirst();
                    })
                    .join();
        } catch (CompletionException | NoSuchElementException e) {
            throw new JournalFailure("cannot take over investigation " + id + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds an event to an investigation that has ended.
     *
     * @param mask takes out of an event's JSON what must not be stored
     * @return whether it was added: not when it has not ended, or is gone on with just now
     * @throws JournalFailure when it cannot be stored, or its events were changed
     */
    public boolean add(StoredInvestigation ended, Event event, UnaryOperator<String> mask) {
        JournalWriter.StoredHead head = head(events(ended.id()), ended.runbook());
        try {
            return database.commits()
                    .submit(connection -> add(connection, ended.id(), head.runbook(), event, mask))
                    .join();
        } catch (CompletionException e) {
            throw new JournalFailure("cannot add to investigation " + ended.id() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds an event in somebody's transaction to an investigation that has ended, and keeps whoever worked on it before from adding more.
     *
     * @return whether it was added: not when it has not ended, or was never begun
     */
    public boolean add(Connection connection, String id, String runbook, Event event, UnaryOperator<String> mask)
            throws SQLException {
        int ended = Statements.update(
                connection, "update investigation set attempt = attempt + 1 where id = ? and state = 'ended'", id);
        List<JournalWriter.StoredHead> last = Statements.select(
                connection,
                row -> new JournalWriter.StoredHead(row.getString(1), row.getInt(2), runbook),
                "select hash, seq from event where investigation = ? order by seq desc limit 1",
                id);
        if (ended == 0 || last.isEmpty()) {
            return false;
        }
        int attempt = Statements.select(
                        connection, row -> row.getInt(1), "select attempt from investigation where id = ?", id)
                .getFirst();
        Optional<JournalWriter.Head> head = new JournalWriter(
                        id, database, mask, attempt, last.getFirst(), Beside.nothing())
                .write(connection, List.of(event));
        if (head.isPresent()) {
            Statements.update(
                    connection,
                    "update investigation set head = ? where id = ?",
                    head.get().hash(),
                    id);
        }
        return head.isPresent();
    }

    /** The line of the list of one investigation. */
    public Optional<StoredInvestigation> find(String id) {
        return reader.find(id);
    }

    /** As {@link #find(String)}, as somebody's transaction sees it. */
    public static Optional<StoredInvestigation> find(Connection connection, String id) throws SQLException {
        return JournalReader.find(connection, id);
    }

    /** The investigations of an incident, the first first. */
    public List<StoredInvestigation> ofIncident(String incident) {
        return reader.ofIncident(incident);
    }

    @Override
    public Optional<Pruned> pruned(String id) {
        return reader.pruned(id);
    }

    @Override
    public List<StoredInvestigation> list(int limit) {
        return reader.list(limit);
    }

    @Override
    public List<OpenIncident> openIncidents() {
        return reader.openIncidents();
    }

    @Override
    public List<String> matching(String prefix) {
        return reader.matching(prefix);
    }

    @Override
    public StoredEvents events(String id) {
        return reader.events(id);
    }

    /** What attempts that were thought dead still saw, in order; at most a thousand. */
    public List<LateEvent> late(String id) {
        return reader.late(id);
    }

    /** What each step of a runbook took when it ended well: the median of its last twenty runs, in seconds, by step. */
    public Map<String, Double> medianSeconds(String runbook) {
        return reader.medianSeconds(runbook);
    }

    static JournalFailure failure(String what, Database database, SQLException e) {
        return new JournalFailure("cannot " + what + " the journal " + database.name() + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw failure("close", database, e);
        }
    }
}
