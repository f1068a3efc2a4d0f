package dev.whydunit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does writes in the order in which they came, as many as wait in one transaction: a commit that waits for the disk costs
 * a hundred writes no more than one. Those of one {@linkplain #lane lane} are done together, where the first of them stands. When a transaction fails, each of its writes is tried by itself, so that one bad
 * write takes no other with it. While the database is not there, writes fail at once instead of piling up; it is looked for all the
 * while. Whoever waits for a write is told by another thread than the one that commits, once it is on the disk. Thread-safe.
 */
public final class CommitGroup implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    /** A transaction that takes longer than this is trouble. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private record Entry<W, T>(Lane<W, T> lane, W write, CompletableFuture<T> done) {
        /** Takes its place in the transaction that is made; gives whether it is the first of its lane. */
        boolean joins() {
            lane.now.add(this);
            return lane.now.size() == 1;
        }

        void fail(Exception cause) {
            lane.kind.failed(write, cause);
            done.completeExceptionally(cause);
        }
    }

    /** A way to add writes that are done together. Thread-safe. */
    public static final class Lane<W, T> {
        private final CommitGroup group;
        private final Together<W, T> kind;
        /** Those in the transaction that is made; of the committing thread. */
        private final List<Entry<W, T>> now = new ArrayList<>();

        private Lane(CommitGroup group, Together<W, T> kind) {
            this.group = group;
            this.kind = kind;
        }

        /**
         * Adds a write; waits while the queue is full.
         *
         * @return completes once it is committed, or with what it or the database failed with
         */
        public CompletableFuture<T> submit(W write) {
            CompletableFuture<T> done = new CompletableFuture<>();
            group.add(new Entry<>(this, write, done));
            return done;
        }

        private Outcome<W, T> in(Connection connection) throws SQLException {
            List<Entry<W, T>> entries = List.copyOf(now);
            now.clear();
            return new Outcome<>(
                    kind,
                    entries,
                    kind.in(connection, entries.stream().map(Entry::write).toList()));
        }
    }

    /** What the writes of a lane came to in a transaction. */
    private record Outcome<W, T>(Together<W, T> kind, List<Entry<W, T>> entries, List<T> results) {
        void committed() {
            kind.committed(entries.stream().map(Entry::write).toList(), results);
        }

        void durable() {
            for (int i = 0; i < entries.size(); i++) {
                entries.get(i).done().complete(results.get(i));
            }
        }

        void failed(SQLException why) {
            entries.forEach(entry -> entry.fail(why));
        }
    }

    private final Connections connections;
    private final BlockingQueue<Entry<?, ?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Answers answers;
    private final Thread writer;
    private volatile boolean closing;
    private volatile Optional<SQLException> lost = Optional.empty();
    /** When the transaction that is being done was begun; 0 when none is. */
    private volatile long begunAt;

    CommitGroup(Connections connections, Durability durability) {
        this.connections = connections;
        this.answers = new Answers(durability);
        this.writer = Thread.ofPlatform().daemon().name("journal").start(this::write);
    }

    /**
     * Adds some work, done in a transaction; waits while the queue is full.
     *
     * @return completes once it is committed, or with what it or the database failed with
     */
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return submit(new PlainWrite<>(work));
    }

    /**
     * Adds a write; waits while the queue is full.
     *
     * @return completes once it is committed, or with what it or the database failed with
     */
    public <T> CompletableFuture<T> submit(Write<T> write) {
        return new Lane<>(this, new Alone<T>()).submit(write);
    }

    /** Writes of a kind that are done together when they come together. */
    public <W, T> Lane<W, T> lane(Together<W, T> kind) {
        return new Lane<>(this, kind);
    }

    private void add(Entry<?, ?> entry) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (closing) {
                        throw new IllegalStateException("the database is closed");
                    }
                    if (queue.offer(entry, 1, TimeUnit.SECONDS)) {
                        return;
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

    /** Why the database cannot be reached; empty when it can, as far as is known. */
    Optional<SQLException> lost() {
        return lost;
    }

    /** What keeps writes from being done, for people; empty when nothing does. */
    public Optional<String> trouble() {
        Optional<SQLException> why = lost;
        if (why.isPresent()) {
            return Optional.of("the database cannot be reached: " + why.get().getMessage());
        }
        long begun = begunAt;
        long seconds = begun == 0 ? 0 : (System.nanoTime() - begun) / 1_000_000_000L;
        return seconds >= SLOW.toSeconds()
                ? Optional.of("the database has not answered for " + seconds + " s")
                : Optional.empty();
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
            List<Entry<?, ?>> batch = new ArrayList<>();
            try {
                Entry<?, ?> first =
                        lost.isPresent() ? queue.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS) : queue.take();
                if (first != null) {
                    batch.add(first);
                }
                queue.drainTo(batch, lost.isPresent() ? QUEUE : MOST_AT_ONCE - 1);
            } catch (InterruptedException e) {
                // Closing wakes this thread; what waits is still written.
                continue;
            }
            Optional<SQLException> gone = lost;
            if (gone.isPresent() && !isBack()) {
                batch.forEach(entry -> entry.fail(gone.get()));
            } else if (!batch.isEmpty()) {
                write(batch);
            }
        }
    }

    private void write(List<Entry<?, ?>> batch) {
        begunAt = System.nanoTime();
        try {
            Optional<Exception> why = tried(batch);
            if (why.isEmpty()) {
                return;
            }
            for (Entry<?, ?> entry : batch) {
                // Whose fault it was shows when each is tried alone; that the database is gone is nobody's.
                Optional<Exception> own = batch.size() == 1 || lost.isPresent() ? why : tried(List.of(entry));
                own.ifPresent(entry::fail);
            }
        } finally {
            begunAt = 0;
        }
    }

    /** Why it could not be done; empty when it is. */
    private Optional<Exception> tried(List<Entry<?, ?>> batch) {
        List<Outcome<?, ?>> outcomes;
        try {
            outcomes = transaction(batch);
        } catch (SQLException e) {
            if (Unreachable.is(e)) {
                lost = Optional.of(e);
            }
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
        outcomes.forEach(Outcome::committed);
        answers.add(new Answers.Answer(
                () -> outcomes.forEach(Outcome::durable), why -> outcomes.forEach(outcome -> outcome.failed(why))));
        return Optional.empty();
    }

    private boolean isBack() {
        try {
            connections.with(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("select 1");
                }
            });
            lost = Optional.empty();
            return true;
        } catch (SQLException e) {
            lost = Optional.of(e);
            return false;
        }
    }

    private List<Outcome<?, ?>> transaction(List<Entry<?, ?>> batch) throws SQLException {
        return connections.with(connection -> {
            connection.setAutoCommit(false);
            try {
                List<Lane<?, ?>> lanes = new ArrayList<>();
                for (Entry<?, ?> entry : batch) {
                    if (entry.joins()) {
                        lanes.add(entry.lane());
                    }
                }
                List<Outcome<?, ?>> outcomes = new ArrayList<>();
                for (Lane<?, ?> lane : lanes) {
                    outcomes.add(lane.in(connection));
                }
                connection.commit();
                // SQLite's driver begins the next transaction at once otherwise, and keeps every other process from
                // writing.
                connection.setAutoCommit(true);
                return outcomes;
            } catch (SQLException | RuntimeException e) {
                batch.forEach(entry -> entry.lane().now.clear());
                try {
                    connection.rollback();
                    connection.setAutoCommit(true);
                } catch (SQLException broken) {
                    // The connection is lost, and the transaction with it; the first failure says more.
                    e.addSuppressed(broken);
                }
                throw e;
            }
        });
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        Uninterrupted.join(writer);
        answers.close();
    }
}
