package dev.whydunit.server;

import dev.whydunit.config.SourceDefinition;
import dev.whydunit.engine.SourceUnavailable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Leaves a source alone that fails again and again, so that no step waits for what is down and nothing is asked of what is on its knees; and asks none
 * faster than it may be. Each process finds out for itself: what cannot be reached from one machine may be reached from another. Thread-safe.
 */
final class SourceGuards {
    /** So many failures, and at least half of what was asked, within the window. */
    static final int FAILURES = 10;

    static final Duration WINDOW = Duration.ofMinutes(1);
    /** How long it is left alone before it is tried again. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final float HALF = 50;
    private static final Duration LONGEST_LINE = Duration.ofMinutes(1);
    private static final IOException FAILED = new IOException("the source failed");

    private final Clock clock;
    private final Map<String, Guard> guards = new ConcurrentHashMap<>();

    /** @param clock best one that nobody sets */
    SourceGuards(InstantSource clock) {
        this.clock = clock.withZone(ZoneOffset.UTC);
    }

    /** One source's. */
    private final class Guard {
        private final CircuitBreaker breaker;
        private final Optional<RateLimiter> rate;
        private volatile Instant until = Instant.MIN;

        Guard(SourceDefinition source) {
            this.breaker = CircuitBreaker.of(
                    source.name(),
                    CircuitBreakerConfig.custom()
                            .clock(clock)
                            .slidingWindow((int) WINDOW.toSeconds(), FAILURES, SlidingWindowType.TIME_BASED)
                            .failureRateThreshold(HALF)
                            .waitDurationInOpenState(PAUSE)
                            .permittedNumberOfCallsInHalfOpenState(1)
                            .build());
            this.rate = source.maxPerSecond()
                    .map(most -> RateLimiter.of(
                            source.name(),
                            RateLimiterConfig.custom()
                                    .limitForPeriod(most)
                                    .limitRefreshPeriod(Duration.ofSeconds(1))
                                    .timeoutDuration(LONGEST_LINE)
                                    .build()));
            breaker.getEventPublisher().onStateTransition(event -> {
                if (event.getStateTransition().getToState() == State.OPEN) {
                    until = clock.instant().plus(PAUSE).truncatedTo(ChronoUnit.SECONDS);
                }
            });
        }

        /** Why it is left alone; empty when a step that came now would ask it, or try it. */
        Optional<String> shut() {
            return switch (breaker.getState()) {
                case OPEN, FORCED_OPEN -> {
                    Instant now = clock.instant();
                    // A step may see that it is open before the listener does.
                    Instant end = until.equals(Instant.MIN) ? now.plus(PAUSE).truncatedTo(ChronoUnit.SECONDS) : until;
                    yield now.isBefore(end) ? Optional.of(why() + "; tried again at " + end) : Optional.empty();
                }
                case HALF_OPEN -> Optional.of("it failed, and is tried again just now");
                case CLOSED, DISABLED, METRICS_ONLY -> Optional.empty();
            };
        }

        private String why() {
            int failures = breaker.getMetrics().getNumberOfFailedCalls();
            return failures < FAILURES
                    ? "it failed again when it was tried"
                    : "it failed " + failures + " times in the last minute";
        }
    }

    private Guard of(SourceDefinition source) {
        return guards.computeIfAbsent(source.name(), name -> new Guard(source));
    }

    /** Leave to ask a source once. One of its ends is said, and only the first counts. */
    final class Leave {
        private final CircuitBreaker breaker;
        private boolean over;

        private Leave(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        /** It answered, whatever it was. */
        synchronized void answered() {
            if (!over) {
                over = true;
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        }

        /** It did not answer in time, could not be reached, or was not well. */
        synchronized void failed() {
            if (!over) {
                over = true;
                breaker.onError(0, TimeUnit.NANOSECONDS, FAILED);
            }
        }

        /** It was not asked after all. */
        synchronized void unused() {
            if (!over) {
                over = true;
                breaker.releasePermission();
            }
        }
    }

    /**
     * Asks for leave to ask a source; waits while it was asked often enough for this second.
     *
     * @param atMost how long it may wait
     * @throws SourceUnavailable when it is left alone just now, or its turn would come too late
     */
    Leave enter(SourceDefinition source, Duration atMost) throws SourceUnavailable, InterruptedException {
        Guard guard = of(source);
        if (!guard.breaker.tryAcquirePermission()) {
            throw new SourceUnavailable(
                    "source " + source.name() + ": not asked, " + guard.shut().orElse("it failed a moment ago"));
        }
        Leave leave = new Leave(guard.breaker);
        if (guard.rate.isPresent()) {
            long wait = guard.rate.get().reservePermission();
            if (wait < 0 || wait > atMost.toNanos()) {
                leave.unused();
                throw new SourceUnavailable("source " + source.name() + ": not asked, since it may be asked "
                        + source.maxPerSecond().orElse(0)
                        + " times a second and others were first; raise its max_per_second, or the step's timeout");
            }
            try {
                TimeUnit.NANOSECONDS.sleep(wait);
            } catch (InterruptedException e) {
                leave.unused();
                throw e;
            }
        }
        return leave;
    }

    /** Why steps do not ask a source just now; empty when they do. */
    Optional<String> shut(String source) {
        return Optional.ofNullable(guards.get(source)).flatMap(Guard::shut);
    }
}
