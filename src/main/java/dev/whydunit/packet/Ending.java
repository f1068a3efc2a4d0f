package dev.whydunit.packet;

/**
 * Where a capture ends. What was asked within its last second, and once only, may still be on its way to an answer; in a capture
 * that is no longer than that, it counts as unanswered all the same.
 */
record Ending(long firstNanos, long lastNanos) {
    /** While packets still come, nothing is at the end. */
    static final Ending OPEN = new Ending(0, Long.MAX_VALUE);

    /** The initial retransmission time-out (RFC 6298, section 2.1). */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    boolean mayStillBeAnswered(long askedNanos) {
        return lastNanos - firstNanos >= PATIENCE_NANOS && lastNanos - askedNanos < PATIENCE_NANOS;
    }
}
