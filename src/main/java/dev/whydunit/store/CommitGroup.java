package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does writes in the order in which they came, as many as wait in one transaction: a commit that waits for the disk costs
 * a hundred writes no more than one. When a transaction fails, each of its writes is tried by itself, so that one bad
 * write takes no other with it. Thread-safe.
 */
public final class CommitGroup implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final int MOST_AT_ONCE = 256;

    private record Entry<T>(Write<T> write, CompletableFuture<T> done) {
        /** Gives what is to be done once the transaction is committed. */
        Runnable in(Connection connection) throws SQLException {
            T result = write.in(connection);
            return () -> {
                write.committed(result);
                done.complete(result);
            };
        }

        void fail(Exception cause) {
            write.failed(cause);
            done.completeExceptionally(cause);
        }
    }

    private final Connections connections;
    private final BlockingQueue<Entry<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private volatile boolean closing;

    CommitGroup(Connections connections) {
        this.connections = connections;
        this.writer = Thread.ofPlatform().daemon().name("journal").start(this::write);
    }

    /**
     * Adds some work, done in a transaction; waits while the queue is full.
     *
     * @return completes once it is committed, or with what it or the database failed with
     */
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return submit(new Write<T>() {
            @Override
            public T in(Connection connection) throws SQLException {
                return work.in(connection);
            }

            @Override
            public void committed(T result) {
                // The future tells.
            }

            @Override
            public void failed(Exception cause) {
                // The future tells.
            }
        });
    }

    /**
     * Adds a write; waits while the queue is full.
     *
     * @return completes once it is committed, or with what it or the database failed with
     */
    public <T> CompletableFuture<T> submit(Write<T> write) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Entry<T> entry = new Entry<>(write, done);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (closing) {
                        throw new IllegalStateException("the database is closed");
                    }
                    if (queue.offer(entry, 1, TimeUnit.SECONDS)) {
                        return done;
                    }
                } catch (InterruptedException e) {
                    // What was seen must be kept even when its investigation is being stopped.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many writes wait. */
    public int waiting() {
        return queue.size();
    }

    /** How many may wait. */
    public int capacity() {
        return QUEUE;
    }

    private void write() {
        while (!closing || !queue.isEmpty()) {
            List<Entry<?>> batch = new ArrayList<>();
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MOST_AT_ONCE - 1);
            } catch (InterruptedException e) {
                // Closing wakes this thread; what waits is still written.
                continue;
            }
            if (!together(batch)) {
                batch.forEach(this::alone);
            }
        }
    }

    private boolean together(List<Entry<?>> batch) {
        List<Runnable> results;
        try {
            results = transaction(batch);
        } catch (SQLException | RuntimeException e) {
            // Whose fault it was shows when each is tried alone.
            return false;
        }
        results.forEach(Runnable::run);
        return true;
    }

    private void alone(Entry<?> entry) {
        List<Runnable> results;
        try {
            results = transaction(List.of(entry));
        } catch (SQLException | RuntimeException e) {
            entry.fail(e);
            return;
        }
        results.forEach(Runnable::run);
    }

    private List<Runnable> transaction(List<Entry<?>> batch) throws SQLException {
        return connections.with(connection -> {
            connection.setAutoCommit(false);
            try {
                List<Runnable> results = new ArrayList<>();
                for (Entry<?> entry : batch) {
                    results.add(entry.in(connection));
                }
                connection.commit();
                return results;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                // SQLite's driver begins the next transaction at once otherwise, and keeps every other process from
                // writing.
                connection.setAutoCommit(true);
            }
        });
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        boolean interrupted = Thread.interrupted();
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
