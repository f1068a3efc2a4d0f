package dev.whydunit.packet;

/** The most events within one second of the capture. */
final class PeakRate {
    private static final long SECOND = 1_000_000_000;

    private long second = Long.MIN_VALUE;
    private long now;
    private long peak;

    void add(long nanos) {
        long current = nanos / SECOND;
        if (current != second) {
            second = current;
            now = 0;
        }
        peak = Math.max(peak, ++now);
    }

    long peak() {
        return peak;
    }
}
