package dev.whydunit.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a message that was not taken is sent again: after two seconds, then twice as long each time up to two hours, less up to half by chance, so
 * that not all come back at once; never earlier than the other side asks for. After 20 attempts or a day it has failed.
 */
public final class Backoff {
    /** Attempts at one message. */
    public static final int MOST_ATTEMPTS = 20;

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration MOST_AGE = Duration.ofHours(24);

    private final RandomGenerator random;

    /** @param random the chance in it */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The time of the next attempt; empty when there is none.
     *
     * @param attempts made so far, at least 1
     * @param created when the message was made
     * @param asked how long the other side wants to be left alone
     */
    public Optional<Instant> next(int attempts, Instant created, Instant now, Optional<Duration> asked) {
        double factor = Math.pow(2, Math.min(attempts - 1, 30));
        double most = Math.min(FIRST.toMillis() * factor, LONGEST.toMillis());
        Duration wait = Duration.ofMillis((long) (most * (0.5 + random.nextDouble() / 2)));
        Instant next =
                now.plus(asked.filter(longer -> longer.compareTo(wait) > 0).orElse(wait));
        return attempts >= MOST_ATTEMPTS || next.isAfter(created.plus(MOST_AGE)) ? Optional.empty() : Optional.of(next);
    }
}
