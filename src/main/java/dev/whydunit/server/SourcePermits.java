package dev.whydunit.server;

import static dev.whydunit.store.Statements.update;

import dev.whydunit.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many use a source at once, over all nodes that share the database. A permit is a row with a number, leased by the database's clock:
 * a node renews all of its permits together, and those of a node that died end by themselves. Thread-safe.
 */
final class SourcePermits implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofMillis(2500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private static final String TAKE = "insert into source_permit (source, slot, node, permit, expires_at)"
            + " with recursive slots(n) as (select 1 union all select n + 1 from slots where n < ?)"
            + " select ?, n, ?, ?, ? from slots"
            + " where not exists (select 1 from source_permit p where p.source = ? and p.slot = slots.n)"
            + " limit 1 on conflict do nothing";

    private final Database database;
    private final String node;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    /** Of those who wait here for a source, one asks the database, and the others stand behind it in the order in which they came. */
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("permits").factory());

    /** @param node a name that no other process has */
    SourcePermits(Database database, String node) {
        this.database = database;
        this.node = node;
        renewal.scheduleWithFixedDelay(this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The right to use a source, until it is closed. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a permit.
     *
     * @param most how many there are over all nodes
     * @return empty when none was free in that time
     * @throws SQLException when the database cannot be asked
     */
    Optional<Permit> take(String source, int most, Duration atMost) throws SQLException, InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        ReentrantLock turn = turns.computeIfAbsent(source, key -> new ReentrantLock(true));
        if (!turn.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try {
            long pause = FIRST_PAUSE.toMillis();
            while (true) {
                Optional<Permit> permit = tryTake(source, most);
                long left = until - System.nanoTime();
                if (permit.isPresent() || left <= 0) {
                    return permit;
                }
                Thread.sleep(Math.min(pause, left / 1_000_000 + 1));
                pause = Math.min(LONGEST_PAUSE.toMillis(), pause * 2);
            }
        } finally {
            turn.unlock();
        }
    }

    private Optional<Permit> tryTake(String source, int most) throws SQLException {
        long number = numbers.incrementAndGet();
        int taken = database.brief(connection -> {
            long now = database.clock().instant().toEpochMilli();
            int first = insert(connection, source, most, number, now);
            if (first == 1) {
                return first;
            }
            // All are taken: some of them perhaps by a node that has died.
            int ended =
                    update(connection, "delete from source_permit where source = ? and expires_at < ?", source, now);
            return ended == 0 ? 0 : insert(connection, source, most, number, now);
        });
        if (taken != 1) {
            return Optional.empty();
        }
        held.incrementAndGet();
        return Optional.of(() -> give(source, number));
    }

    private int insert(Connection connection, String source, int most, long number, long now) throws SQLException {
        return update(connection, TAKE, most, source, node, number, now + LEASE.toMillis(), source);
    }

    private void give(String source, long number) {
        held.decrementAndGet();
        try {
            database.brief(connection -> update(
                    connection,
                    "delete from source_permit where source = ? and node = ? and permit = ?",
                    source,
                    node,
                    number));
        } catch (SQLException e) {
            // It is renewed no more when the process ends, and until then counts as one that is in use.
            System.getLogger(SourcePermits.class.getName())
                    .log(System.Logger.Level.WARNING, "a permit of source " + source + " could not be given back", e);
        }
    }

    private void renew() {
        if (held.get() == 0) {
            return;
        }
        try {
            database.brief(connection -> update(
                    connection,
                    "update source_permit set expires_at = ? where node = ?",
                    database.clock().instant().toEpochMilli() + LEASE.toMillis(),
                    node));
        } catch (SQLException | RuntimeException e) {
            System.getLogger(SourcePermits.class.getName())
                    .log(System.Logger.Level.WARNING, "permits of sources could not be renewed; tried again soon", e);
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
    }
}
