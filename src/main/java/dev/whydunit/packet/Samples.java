package dev.whydunit.packet;

import java.util.Arrays;

/**
 * A few durations of one conversation. When there is no more room every second one is let go and only every second new one is
 * taken, so that those kept stay spread over the whole time. Count, shortest and longest are exact.
 */
final class Samples {
    private static final int FIRST = 4;
    private static final int MOST = 64;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double P95 = 0.95;

    private long[] kept = new long[FIRST];
    private int size;
    /** A power of two. */
    private int stride = 1;

    private long count;
    private long min = Long.MAX_VALUE;
    private long max;

    void add(long nanos) {
        long value = Math.max(nanos, 0);
        if ((count & (stride - 1)) == 0) {
            keep(value);
        }
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    private void keep(long value) {
        if (size == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                kept[i] = kept[2 * i];
            }
            size = MOST / 2;
            stride *= 2;
            if ((count & (stride - 1)) != 0) {
                return;
            }
        }
        if (size == kept.length) {
            kept = Arrays.copyOf(kept, size * 2);
        }
        kept[size++] = value;
    }

    long min() {
        return min;
    }

    /** Adds them to others, each kept one for all that it stands for. */
    void addTo(Histogram all) {
        for (int i = 0; i < size; i++) {
            all.add(kept[i], Math.min(stride, count - (long) i * stride));
        }
        all.span(min, max);
    }

    double medianMillis() {
        long[] sorted = sorted();
        return sorted[(sorted.length - 1) / 2] / NANOS_PER_MILLI;
    }

    Distribution millis() {
        long[] sorted = sorted();
        return new Distribution(
                count,
                min / NANOS_PER_MILLI,
                sorted[(sorted.length - 1) / 2] / NANOS_PER_MILLI,
                sorted[(int) Math.ceil(P95 * sorted.length) - 1] / NANOS_PER_MILLI,
                max / NANOS_PER_MILLI);
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(kept, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
