package dev.whydunit.packet;

import java.time.Instant;

/** Moments as nanoseconds since 1970. */
final class Times {
    private static final long NANOS = 1_000_000_000L;

    private Times() {}

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
