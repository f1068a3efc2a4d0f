package dev.whydunit.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void itGoesOnEvenlyWhenTheMachinesTimeIsSet() {
        AtomicReference<Instant> machine = new AtomicReference<>(NOON);
        AtomicLong nanos = new AtomicLong(-5);
        InstantSource set = machine::get;
        SteadyClock clock = new SteadyClock(set.instant(), nanos::get);

        machine.set(NOON.plusSeconds(36_000));
        nanos.addAndGet(1_500_000_000L);
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1500));
        machine.set(NOON.minusSeconds(36_000));
        nanos.addAndGet(1_500_000_000L);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void itBeginsAtTheMachinesTime() {
        Instant before = Instant.now();
        Instant said = SteadyClock.from(InstantSource.system()).instant();
        assertThat(said).isBetween(before, Instant.now().plusMillis(1));
    }
}
