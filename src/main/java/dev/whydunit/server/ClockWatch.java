package dev.whydunit.server;

import dev.whydunit.schema.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Compares this machine's time with its monotonic one, and so sees when somebody sets it, or when the machine slept. Thread-safe. */
final class ClockWatch {
    private static final Duration NOTABLE = Duration.ofSeconds(5);
    private static final Duration MUCH = Duration.ofDays(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private Instant lastTime;
    private long lastNanos;
    private Optional<Jump> jump = Optional.empty();
    private Optional<Jump> muchAhead = Optional.empty();

    /**
     * The clock was set.
     *
     * @param to what it said afterwards
     * @param by how far; negative when it was set back
     */
    record Jump(Instant to, Duration by, long atNanos) {
        String words() {
            return "this machine's clock jumped " + (by.isNegative() ? "back" : "ahead") + " by "
                    + Durations.format(by.abs().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)) + " to "
                    + to.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        }
    }

    ClockWatch(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.lastTime = clock.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /** Looks; gives the last jump, however long ago it was. */
    synchronized Optional<Jump> look() {
        Instant time = clock.instant();
        long now = nanos.getAsLong();
        Duration by = Duration.between(lastTime, time).minusNanos(now - lastNanos);
        if (by.abs().compareTo(NOTABLE) > 0) {
            Jump seen = new Jump(time, by, now);
            jump = Optional.of(seen);
            if (by.compareTo(MUCH) > 0) {
                muchAhead = Optional.of(seen);
            } else if (by.negated().compareTo(MUCH) > 0) {
                // Set right again.
                muchAhead = Optional.empty();
            }
        }
        lastTime = time;
        lastNanos = now;
        return jump;
    }

    /** How long ago that was, by the monotonic clock. */
    Duration since(Jump seen) {
        return Duration.ofNanos(nanos.getAsLong() - seen.atNanos());
    }

    /** Why ages should not be believed; empty when they may. */
    synchronized Optional<String> doubt() {
        look();
        return muchAhead.map(seen -> seen.words() + "; restart the server when it is right");
    }
}
