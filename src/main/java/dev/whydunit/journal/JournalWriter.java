package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Journal;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.StepStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Keeps the events of one investigation. Events are committed in groups by one thread, so that a step does not wait for
 * the disk; {@link #flush} waits. Thread-safe.
 */
public final class JournalWriter implements Journal, AutoCloseable {
    private static final int QUEUE = 1024;

    private sealed interface Entry {}

    private record Append(Event event) implements Entry {}

    private record Flush(CompletableFuture<Boolean> done, boolean last) implements Entry {}

    private final String id;
    private final Path file;
    private final Connection connection;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CompletableFuture<JournalFailure> failed = new CompletableFuture<>();
    private final Thread writer;
    private String runbook = "";
    private String hash = HashChain.START;
    private int seq;

    JournalWriter(String id, Path file, Connection connection) {
        this.id = id;
        this.file = file;
        this.connection = connection;
        this.writer = Thread.ofPlatform().daemon().name("journal").start(this::write);
    }

    @Override
    public void append(Event event) {
        put(new Append(event));
    }

    @Override
    public void flush() {
        await(false);
    }

    private void await(boolean last) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        put(new Flush(done, last));
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException e) {
                    // What was seen must be kept even when the investigation is being stopped.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause() instanceof Exception cause ? cause : e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void put(Entry entry) {
        JournalFailure failure = failed.getNow(null);
        if (failure != null) {
            throw failure;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    queue.put(entry);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write() {
        boolean open = true;
        while (open) {
            List<Entry> batch = new ArrayList<>();
            try {
                batch.add(queue.take());
                queue.drainTo(batch);
                if (!failed.isDone()) {
                    commit(batch);
                }
            } catch (SQLException | RuntimeException e) {
                failed.complete(failure(e));
            } catch (InterruptedException e) {
                failed.complete(failure(e));
            }
            for (Entry entry : batch) {
                if (entry instanceof Flush flush) {
                    JournalFailure failure = failed.getNow(null);
                    if (failure == null) {
                        flush.done().complete(true);
                    } else {
                        flush.done().completeExceptionally(failure);
                    }
                    open &= !flush.last();
                }
            }
        }
    }

    private void commit(List<Entry> batch) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into event (investigation, seq, type, at, body, hash) values (?, ?, ?, ?, ?, ?)")) {
            String nextHash = hash;
            int nextSeq = seq;
            for (Entry entry : batch) {
                if (entry instanceof Append append) {
                    Event event = append.event();
                    String body = EventJson.write(event);
                    nextHash = HashChain.next(nextHash, body);
                    nextSeq++;
                    index(event);
                    insert.setString(1, id);
                    insert.setInt(2, nextSeq);
                    insert.setString(3, EventJson.type(event));
                    insert.setString(4, event.at().toString());
                    insert.setString(5, body);
                    insert.setString(6, nextHash);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
            hash = nextHash;
            seq = nextSeq;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            // The driver begins the next transaction at once otherwise, and would keep every other process from
            // writing.
            connection.setAutoCommit(true);
        }
    }

    /** The line of the list that this event makes or changes. */
    private void index(Event event) throws SQLException {
        switch (event) {
            case Event.Started started -> {
                runbook = started.runbook().id();
                update(
                        "insert into investigation (id, runbook, environment, started_at) values (?, ?, ?, ?)",
                        id,
                        started.runbook().id(),
                        started.environment(),
                        started.at().toString());
            }
            case Event.StepEnded ended
            when ended.status() == StepStatus.ENDED ->
                update(
                        "insert into step_duration (runbook, step, at, seconds) values (?, ?, ?, ?)",
                        runbook,
                        ended.step(),
                        ended.at().toString(),
                        ended.seconds());
            case Event.Judged judged ->
                update(
                        "update investigation set status = ?, path = ?, probability = ? where id = ?",
                        judged.verdict().status().toLowerCase(Locale.ROOT),
                        String.join(".", judged.verdict().path()),
                        judged.verdict().probability(),
                        id);
            case Event.Ended ended ->
                update(
                        "update investigation set ended_at = ? where id = ?",
                        ended.at().toString(),
                        id);
            default -> {}
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private JournalFailure failure(Exception e) {
        return e instanceof JournalFailure failure
                ? failure
                : new JournalFailure("cannot write to the journal " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            await(true);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                connection.close();
            } catch (SQLException e) {
                failed.complete(failure(e));
            }
        }
    }
}
