package dev.whydunit.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/**
 * The time that the database has, so that nodes whose own clocks differ agree on what is due and who is dead. The database is asked now
 * and then; in between this machine's monotonic clock is added, which no setting of the time moves. Thread-safe.
 */
final class DatabaseClock implements InstantSource {
    private static final int ASKED = 3;

    /** What the database said, and when: the middle between asking and the answer. */
    private record Reading(Instant time, long at) {}

    private volatile Reading reading;

    /** @throws SQLException when the database does not say the time */
    DatabaseClock(Connection connection) throws SQLException {
        this.reading = read(connection);
    }

    @Override
    public Instant instant() {
        Reading last = reading;
        return last.time().plusNanos(System.nanoTime() - last.at());
    }

    /** Asks again. */
    void ask(Connection connection) throws SQLException {
        reading = read(connection);
    }

    /** How far this machine's clock is ahead of the database's. */
    Duration ahead() {
        return Duration.between(instant(), InstantSource.system().instant());
    }

    /** The quickest of a few answers: the truth lies within half of the time that it took. */
    private static Reading read(Connection connection) throws SQLException {
        long quickest = Long.MAX_VALUE;
        Reading best = new Reading(Instant.EPOCH, 0);
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < ASKED; i++) {
                long before = System.nanoTime();
                try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
                    row.next();
                    Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
                    long took = System.nanoTime() - before;
                    if (took < quickest) {
                        quickest = took;
                        best = new Reading(time, before + took / 2);
                    }
                }
            }
        }
        return best;
    }
}
