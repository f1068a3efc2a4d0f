package dev.whydunit.source.log;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from its first moment
 * @param to the first moment after it
 */
public record TimeWindow(Instant from, Instant to) {
    /** @throws IllegalArgumentException when it would be empty */
    public TimeWindow {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window must be longer than nothing: from " + from + " to " + to);
        }
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether the moment lies in it. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    /** A window of the same length that much earlier. */
    public TimeWindow earlier(Duration shift) {
        return new TimeWindow(from.minus(shift), to.minus(shift));
    }
}
