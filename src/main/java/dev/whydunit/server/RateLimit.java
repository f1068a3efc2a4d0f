package dev.whydunit.server;

import java.time.Duration;
import java.time.Instant;

/** A bucket that fills evenly and holds what ten seconds bring. Thread-safe. */
final class RateLimit {
    private final double perSecond;
    private final double most;
    private double left;
    private Instant last = Instant.EPOCH;

    RateLimit(int perMinute) {
        this.perSecond = perMinute / 60.0;
        this.most = Math.max(1, perSecond * 10);
        this.left = most;
    }

    /** Takes one; how long it will be until there is one, when there is none now. */
    synchronized Duration take(Instant now) {
        if (now.isAfter(last)) {
            double seconds = (now.toEpochMilli() - last.toEpochMilli()) / 1000.0;
            left = Math.min(most, left + seconds * perSecond);
            last = now;
        }
        if (left < 1) {
            return Duration.ofMillis((long) Math.ceil((1 - left) / perSecond * 1000));
        }
        left--;
        return Duration.ZERO;
    }

    /** Puts one back: a stranger, whose delivery is refused, uses up nothing of what the sender may. */
    synchronized void giveBack() {
        left = Math.min(most, left + 1);
    }
}
