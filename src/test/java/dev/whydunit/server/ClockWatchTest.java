package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong();
    private final ClockWatch watch = new ClockWatch(time::get, nanos::get);

    private void passes(Duration really, Duration byTheClock) {
        nanos.addAndGet(really.toNanos());
        time.updateAndGet(before -> before.plus(byTheClock));
    }

    @Test
    void aClockThatGoesAsItShouldIsBelieved() {
        for (int i = 0; i < 1000; i++) {
            // As a clock that is slewed does.
            passes(Duration.ofSeconds(10), Duration.ofMillis(10_005));
            assertThat(watch.look()).isEmpty();
        }
        assertThat(watch.doubt()).isEmpty();
    }

    @Test
    void aJumpIsSaidInBothDirections() {
        passes(Duration.ofSeconds(10), Duration.ofSeconds(3610));
        assertThat(watch.look().orElseThrow().words())
                .isEqualTo("this machine's clock jumped ahead by 1h to 2026-01-02T13:00:10Z");
        passes(Duration.ofSeconds(10), Duration.ofSeconds(-3590));
        assertThat(watch.look().orElseThrow().words())
                .isEqualTo("this machine's clock jumped back by 1h to 2026-01-02T12:00:20Z");
        passes(Duration.ofMinutes(30), Duration.ofMinutes(30));
        assertThat(watch.since(watch.look().orElseThrow())).isEqualTo(Duration.ofMinutes(30));
        assertThat(watch.doubt()).isEmpty();
    }

    @Test
    void agesAreNotBelievedAfterAJumpOfDaysUntilItIsSetRight() {
        passes(Duration.ofSeconds(10), Duration.ofDays(365));
        assertThat(watch.doubt().orElseThrow()).contains("jumped ahead by");
        passes(Duration.ofDays(2), Duration.ofDays(2));
        assertThat(watch.doubt()).isPresent();
        passes(Duration.ofSeconds(10), Duration.ofDays(-365));
        assertThat(watch.doubt()).isEmpty();
    }
}
