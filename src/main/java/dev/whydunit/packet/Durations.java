package dev.whydunit.packet;

import java.util.Locale;

/** Durations for people. */
final class Durations {
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private Durations() {}

    /** Such as {@code 204 ms} or {@code 3.2 s}. */
    static String text(double nanos) {
        if (nanos >= SECOND) {
            return String.format(Locale.ROOT, "%.1f s", nanos / SECOND);
        }
        if (nanos >= 10 * MILLI) {
            return String.format(Locale.ROOT, "%.0f ms", nanos / MILLI);
        }
        return nanos >= MILLI
                ? String.format(Locale.ROOT, "%.1f ms", nanos / MILLI)
                : String.format(Locale.ROOT, "%.0f µs", nanos / MICRO);
    }
}
