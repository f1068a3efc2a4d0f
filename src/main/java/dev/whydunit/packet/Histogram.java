package dev.whydunit.packet;

import java.util.Arrays;

/**
 * Durations: every one while there are few, then in buckets whose width grows with the duration, so that any quantile is right to
 * better than 1 % in bounded memory. The shortest and the longest are always exact.
 */
final class Histogram {
    /** Buckets per power of two, as a power of two. */
    private static final int SUB_BITS = 6;

    private static final int SUB = 1 << SUB_BITS;
    private static final int FRACTION = 52;
    private static final int EXPONENT_BIAS = 1023;
    /** 52 days; what is longer counts as that long, so that it is exact as a double. */
    private static final long LONGEST = 1L << FRACTION;

    private static final int FIRST = 8;
    private static final int MOST_EXACT = 256;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double P95 = 0.95;

    private long[] exact = new long[FIRST];
    private long[] buckets = new long[0];
    private long count;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Adds a duration so many times. */
    void add(long nanos, long times) {
        for (long i = 0; i < Math.min(times, MOST_EXACT + 1); i++) {
            add(nanos);
        }
        if (times > MOST_EXACT + 1) {
            buckets[bucket(Math.max(nanos, 0))] += times - MOST_EXACT - 1;
            count += times - MOST_EXACT - 1;
        }
    }

    /** Takes note of the shortest and the longest of durations of which some were added. */
    void span(long shortest, long longest) {
        min = Math.min(min, shortest);
        max = Math.max(max, longest);
    }

    void add(long nanos) {
        long value = Math.max(nanos, 0);
        span(value, value);
        if (count < MOST_EXACT) {
            if (count == exact.length) {
                exact = Arrays.copyOf(exact, exact.length * 2);
            }
            exact[(int) count++] = value;
            return;
        }
        if (count++ == MOST_EXACT) {
            for (long each : exact) {
                toBucket(each);
            }
            exact = new long[0];
        }
        toBucket(value);
    }

    /** Adds the durations of another. */
    void merge(Histogram other) {
        if (other.count <= MOST_EXACT) {
            for (int i = 0; i < other.count; i++) {
                add(other.exact[i]);
            }
            return;
        }
        if (count <= MOST_EXACT) {
            for (int i = 0; i < count; i++) {
                toBucket(exact[i]);
            }
            exact = new long[0];
        }
        for (int i = 0; i < other.buckets.length; i++) {
            if (other.buckets[i] > 0) {
                room(i);
                buckets[i] += other.buckets[i];
            }
        }
        count += other.count;
        span(other.min, other.max);
    }

    private void toBucket(long value) {
        int bucket = bucket(value);
        room(bucket);
        buckets[bucket]++;
    }

    private void room(int bucket) {
        if (bucket >= buckets.length) {
            buckets = Arrays.copyOf(buckets, Math.max(bucket + 1, buckets.length * 2));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    long max() {
        return max;
    }

    Distribution millis() {
        return count == 0
                ? Distribution.NONE
                : new Distribution(
                        count,
                        min / NANOS_PER_MILLI,
                        quantile(0.5) / NANOS_PER_MILLI,
                        quantile(P95) / NANOS_PER_MILLI,
                        max / NANOS_PER_MILLI);
    }

    /** The smallest duration that this share of all does not exceed (nearest rank); 0 when there is none. */
    double quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        if (count <= MOST_EXACT) {
            long[] sorted = Arrays.copyOf(exact, (int) count);
            Arrays.sort(sorted);
            return count == 0 ? 0 : sorted[(int) rank - 1];
        }
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                return Math.clamp(middle(i), min, max);
            }
        }
        return max;
    }

    /** A double's exponent and the first bits of its fraction are the bucket already (IEEE 754). */
    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        long bits = Double.doubleToRawLongBits(Math.min(value, LONGEST));
        return (int) (bits >>> FRACTION - SUB_BITS) - (EXPONENT_BIAS + SUB_BITS - 1) * SUB;
    }

    private static double middle(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        long low = (long) (bucket % SUB + SUB) << shift;
        return low + ((1L << shift) - 1) / 2.0;
    }
}
