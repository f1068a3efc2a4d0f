package dev.whydunit.packet;

/**
 * Durations in buckets whose width grows with the duration: any quantile to better than 1 %, in bounded memory. The shortest and
 * the longest are exact.
 */
final class Histogram {
    /** Buckets per power of two, as a power of two. */
    private static final int SUB_BITS = 6;

    private static final int SUB = 1 << SUB_BITS;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double P95 = 0.95;

    private long[] counts = new long[0];
    private long count;
    private long min = Long.MAX_VALUE;
    private long max;

    void add(long nanos) {
        long value = Math.max(nanos, 0);
        int bucket = bucket(value);
        if (bucket >= counts.length) {
            counts = java.util.Arrays.copyOf(counts, Math.max(bucket + 1, counts.length * 2));
        }
        counts[bucket]++;
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void add(Histogram other) {
        if (other.count == 0) {
            return;
        }
        if (other.counts.length > counts.length) {
            counts = java.util.Arrays.copyOf(counts, other.counts.length);
        }
        for (int i = 0; i < other.counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    long count() {
        return count;
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

    /** The smallest duration that this share of all does not exceed (nearest rank), to the middle of its bucket. */
    double quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.clamp(middle(i), min, max);
            }
        }
        return max;
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
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
