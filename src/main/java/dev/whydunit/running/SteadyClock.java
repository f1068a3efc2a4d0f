package dev.whydunit.running;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that starts at the machine's time and then goes on by its monotonic one: setting the machine's time moves neither what an
 * investigation's steps took nor when its time is over. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
    private final Instant start;
    private final LongSupplier nanos;
    private final long startNanos;

    SteadyClock(Instant start, LongSupplier nanos) {
        this.start = start;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /** One that starts now. */
    public static SteadyClock from(InstantSource clock) {
        return new SteadyClock(clock.instant(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
