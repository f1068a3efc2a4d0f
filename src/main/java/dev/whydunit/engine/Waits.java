package dev.whydunit.engine;

import java.time.Duration;
import java.time.Instant;

/** For how long people have been waited for, which is no part of the time that an investigation has. Thread-safe. */
final class Waits {
    private int open;
    private Instant since = Instant.MIN;
    private Duration before = Duration.ZERO;

    synchronized void begin(Instant now) {
        if (open++ == 0) {
            since = now;
        }
    }

    synchronized void end(Instant now) {
        if (--open == 0) {
            before = before.plus(Duration.between(since, now));
        }
    }

    /** The time in which at least one question was open. */
    synchronized Duration soFar(Instant now) {
        return open == 0 ? before : before.plus(Duration.between(since, now));
    }
}
