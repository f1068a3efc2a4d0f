package dev.whydunit.packet;

/**
 * How a set of durations is spread, all in milliseconds; zeros when there are none.
 *
 * @param count durations measured
 * @param min the shortest
 * @param median half are at most this
 * @param p95 95 % are at most this
 * @param max the longest
 */
public record Distribution(long count, double min, double median, double p95, double max) {
    /** No durations. */
    public static final Distribution NONE = new Distribution(0, 0, 0, 0, 0);
}
