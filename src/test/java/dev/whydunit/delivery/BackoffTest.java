package dev.whydunit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");

    /** Always the same chance. */
    private static Backoff with(double chance) {
        return new Backoff(new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        });
    }

    private static Duration wait(double chance, int attempts, Duration asked) {
        return Duration.between(
                START,
                with(chance)
                        .next(attempts, START, START, Optional.of(asked).filter(Duration::isPositive))
                        .orElseThrow());
    }

    @Test
    void eachWaitIsTwiceTheLastUpToTwoHoursLessUpToHalfByChance() {
        List<Long> longest = new ArrayList<>();
        for (int attempts = 1; attempts < Backoff.MOST_ATTEMPTS; attempts++) {
            longest.add(wait(1, attempts, Duration.ZERO).toSeconds());
        }
        assertThat(longest)
                .startsWith(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L, 4096L, 7200L)
                .endsWith(7200L);
        assertThat(wait(0, 3, Duration.ZERO)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void itIsNeverEarlierThanTheOtherSideAsks() {
        assertThat(wait(1, 1, Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
        assertThat(wait(1, 12, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(4096));
    }

    @Test
    void afterTwentyAttemptsOrADayItHasFailed() {
        assertThat(with(1).next(Backoff.MOST_ATTEMPTS, START, START, Optional.empty()))
                .isEmpty();
        assertThat(with(1).next(1, START, START.plus(Duration.ofHours(24)), Optional.empty()))
                .isEmpty();
        assertThat(with(1).next(1, START, START, Optional.of(Duration.ofHours(25))))
                .isEmpty();

        Instant now = START;
        int attempts = 1;
        for (Optional<Instant> next = with(1).next(attempts, START, now, Optional.empty()); next.isPresent(); ) {
            now = next.get();
            attempts++;
            next = with(1).next(attempts, START, now, Optional.empty());
        }
        assertThat(attempts)
                .as("a channel that is down for long uses all of the attempts")
                .isEqualTo(Backoff.MOST_ATTEMPTS);
        assertThat(Duration.between(START, now)).isBetween(Duration.ofHours(12), Duration.ofHours(24));
    }
}
