package dev.whydunit.promql;

import java.util.Arrays;

/** Samples of one series, ordered by time. Immutable. */
public final class TimeSeries {
    private static final long STALE_BITS = 0x7ff0000000000002L;

    /** Marks the end of a series that its target no longer shows: Prometheus' stale marker, one certain NaN. */
    public static final double STALE = Double.longBitsToDouble(STALE_BITS);

    private final Labels labels;
    private final long[] millis;
    private final double[] values;

    /**
     * Keeps its own copies.
     *
     * @param millis strictly increasing, in milliseconds since 1970
     * @param values as many
     */
    public TimeSeries(Labels labels, long[] millis, double[] values) {
        if (millis.length != values.length) {
            throw new IllegalArgumentException(millis.length + " times, " + values.length + " values");
        }
        this.labels = labels;
        this.millis = millis.clone();
        this.values = values.clone();
    }

    /** Whether a value is the stale marker rather than an ordinary NaN. */
    public static boolean isStale(double value) {
        return Double.doubleToRawLongBits(value) == STALE_BITS;
    }

    /** What it is of. */
    public Labels labels() {
        return labels;
    }

    /** How many samples. */
    public int size() {
        return millis.length;
    }

    /** When, in milliseconds since 1970. */
    public long millis(int index) {
        return millis[index];
    }

    /** What; may be NaN or infinite. */
    public double value(int index) {
        return values[index];
    }

    /** The index of the first sample at or after a moment; {@link #size()} when there is none. */
    public int firstFrom(long moment) {
        int index = Arrays.binarySearch(millis, moment);
        return index >= 0 ? index : -index - 1;
    }
}
