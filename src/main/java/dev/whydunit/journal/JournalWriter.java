package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.store.Database;
import dev.whydunit.store.Statements;
import dev.whydunit.store.Uninterrupted;
import dev.whydunit.store.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Keeps the events of one investigation. They are committed in groups, so that a step does not wait for the disk;
 * {@link #flush} waits. Thread-safe.
 */
public final class JournalWriter implements Journal, AutoCloseable {
    private static final int QUEUE = 1024;
    /** How long it may be since a commit said that this attempt is in charge, when a step begins. */
    private static final Duration SURE = Duration.ofSeconds(4);

    /** How far the chain of events is. */
    record Head(String hash, int seq, String runbook) {}

    private final String id;
    private final int attempt;
    private final UnaryOperator<String> mask;
    private final Database database;
    private final Beside beside;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CompletableFuture<JournalFailure> failed = new CompletableFuture<>();
    private final AtomicBoolean submitted = new AtomicBoolean();
    /** Whether whoever writes knows that it failed: closing says it no second time. */
    private volatile boolean told;

    private volatile boolean left;
    private volatile long confirmedAt = System.nanoTime();
    /** Read and written by the one thread that commits. */
    private volatile Head head;

    private CompletableFuture<Optional<Head>> last;

    JournalWriter(String id, Database database, UnaryOperator<String> mask) {
        this(id, database, mask, 0, new StoredHead(HashChain.START, 0, ""), Beside.nothing());
    }

    /**
     * @param mask takes out of an event's JSON what must not be stored
     * @param beside what is kept with each event
     */
    JournalWriter(
            String id, Database database, UnaryOperator<String> mask, int attempt, StoredHead from, Beside beside) {
        this.beside = beside;
        this.mask = mask;
        this.id = id;
        this.attempt = attempt;
        this.database = database;
        this.head = new Head(from.hash(), from.seq(), from.runbook());
        this.last = CompletableFuture.completedFuture(Optional.of(head));
    }

    /** Where a chain of events that goes on stands. */
    record StoredHead(String hash, int seq, String runbook) {}

    /** Takes nothing more, so that the investigation ends as if its process had: another attempt goes on with what is kept. */
    public void leave() {
        left = true;
    }

    @Override
    public void append(Event event) {
        check();
        if (left) {
            throw new JournalFailure(
                    "investigation " + id + " is left to another attempt", new IllegalStateException("left"));
        }
        // What was seen must be kept even when the investigation is being stopped.
        Uninterrupted.put(queue, event);
        submit();
        if (event instanceof Event.StepStarted && attempt > 0 && System.nanoTime() - confirmedAt > SURE.toNanos()) {
            // The process may have been stopped for a while, and another in charge since: nothing is done twice.
            flush();
        }
    }

    /** Sees to it that what waits is written; gives the write that it is in, or the one before it when nothing waits. */
    private CompletableFuture<Optional<Head>> submit() {
        synchronized (submitted) {
            if (!queue.isEmpty() && submitted.compareAndSet(false, true)) {
                last = database.commits().submit(new Batch());
            }
            return last;
        }
    }

    @Override
    public void flush() {
        boolean interrupted = Thread.interrupted();
        try {
            check();
            try {
                submit().join();
            } catch (CompletionException e) {
                // The batch has kept why, and check() says it.
                check();
            }
            check();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void check() {
        JournalFailure failure = failed.getNow(null);
        if (failure != null) {
            told = true;
            throw failure;
        }
    }

    /** What waits, as one write. */
    private final class Batch implements Write<Optional<Head>> {
        private final List<Event> taken = new ArrayList<>();

        /** Gives where the chain is now; empty when another attempt is in charge. */
        @Override
        public Optional<Head> in(Connection connection) throws SQLException {
            if (failed.isDone()) {
                throw new SQLException("an earlier event could not be kept");
            }
            submitted.set(false);
            queue.drainTo(taken);
            return write(connection, taken);
        }

        @Override
        public void committed(Optional<Head> reached) {
            if (reached.isPresent()) {
                head = reached.get();
                confirmedAt = System.nanoTime();
            } else {
                failed.complete(new Superseded(id, attempt));
            }
        }

        @Override
        public void failed(Exception cause) {
            failed.complete(failure(cause));
        }
    }

    /** Writes in somebody's transaction; gives where the chain is then, empty when another attempt is in charge. */
    Optional<Head> write(Connection connection, List<Event> events) throws SQLException {
        if ((attempt > 0 || head.seq() > 0) && !holds(connection)) {
            keepAsLate(connection, events);
            return Optional.empty();
        }
        String hash = head.hash();
        int seq = head.seq();
        String runbook = head.runbook();
        for (Event event : events) {
            if (event instanceof Event.Started started) {
                runbook = started.runbook().id();
                begin(connection, started);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into event (investigation, seq, type, at, body, hash) values (?, ?, ?, ?, ?, ?)")) {
            for (Event event : events) {
                String body = mask.apply(EventJson.write(event));
                hash = HashChain.next(hash, body);
                seq++;
                insert.setString(1, id);
                insert.setInt(2, seq);
                insert.setString(3, EventJson.type(event));
                insert.setString(4, event.at().toString());
                insert.setString(5, body);
                insert.setString(6, hash);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        for (Event event : events) {
            index(connection, event, hash);
            beside.keep(connection, event);
        }
        keepDurations(connection, runbook, events);
        return Optional.of(new Head(hash, seq, runbook));
    }

    /** Whether this attempt is the latest, held until the transaction ends. */
    private boolean holds(Connection connection) throws SQLException {
        // SQLite lets one write at a time, and knows no locks of rows.
        return !Statements.select(
                        connection,
                        row -> row.getInt(1),
                        "select attempt from investigation where id = ? and attempt = ?"
                                + (database.isEmbedded() ? "" : " for no key update"),
                        id,
                        attempt)
                .isEmpty();
    }

    private void keepAsLate(Connection connection, List<Event> events) throws SQLException {
        for (Event event : events) {
            Statements.update(
                    connection,
                    "insert into late_event (investigation, attempt, at, body) values (?, ?, ?, ?)",
                    id,
                    attempt,
                    event.at().toString(),
                    mask.apply(EventJson.write(event)));
        }
    }

    private void begin(Connection connection, Event.Started started) throws SQLException {
        Statements.update(
                connection,
                "insert into investigation (id, runbook, environment, started_at, state) values (?, ?, ?, ?, 'running')"
                        + " on conflict (id) do update set state = 'running'",
                id,
                started.runbook().id(),
                started.environment(),
                started.at().toString());
    }

    private void keepDurations(Connection connection, String runbook, List<Event> events) throws SQLException {
        List<Event.StepEnded> ended = events.stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(Event.StepEnded.class::cast)
                .filter(step -> step.status() == StepStatus.ENDED)
                .toList();
        if (ended.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into step_duration (runbook, step, at, seconds) values (?, ?, ?, ?)")) {
            for (Event.StepEnded step : ended) {
                insert.setString(1, runbook);
                insert.setString(2, step.step());
                insert.setString(3, step.at().toString());
                insert.setDouble(4, step.seconds());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The line of the list that this event changes. */
    private void index(Connection connection, Event event, String last) throws SQLException {
        switch (event) {
            case Event.Judged judged ->
                Statements.update(
                        connection,
                        "update investigation set status = ?, path = ?, probability = ? where id = ?",
                        judged.verdict().status().toLowerCase(Locale.ROOT),
                        String.join(".", judged.verdict().path()),
                        judged.verdict().probability(),
                        id);
            case Event.Resumed resumed ->
                Statements.update(
                        connection,
                        "update investigation set ended_at = null, state = 'running', head = null where id = ? and state = 'ended'",
                        id);
            case Event.Ended ended ->
                Statements.update(
                        connection,
                        "update investigation set ended_at = ?, state = 'ended', head = ? where id = ?",
                        ended.at().toString(),
                        last,
                        id);
            default -> {}
        }
    }

    private JournalFailure failure(Exception e) {
        return e instanceof JournalFailure failure
                ? failure
                : new JournalFailure("cannot write to the journal " + database.name() + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        if (!told) {
            flush();
        }
    }
}
