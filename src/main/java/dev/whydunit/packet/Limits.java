package dev.whydunit.packet;

/**
 * How much of a capture is looked at, and how much of it is remembered at once.
 *
 * @param packets packets that are read at most; reading stops after them and the report says so
 * @param bytes bytes of the capture that are read at most, counted after decompression
 * @param liveConversations conversations whose state is kept at once; beyond them the longest idle ones are closed into
 *     the totals and the report says how many
 * @param listedConversations conversations that the report lists one by one, those with most bytes first
 */
public record Limits(long packets, long bytes, int liveConversations, int listedConversations) {
    private static final int LIVE = 100_000;
    private static final int LISTED = 1_000;

    /** Refuses limits that leave nothing to look at. */
    public Limits {
        if (packets < 1 || bytes < 1 || liveConversations < 1 || listedConversations < 0) {
            throw new IllegalArgumentException("limits of a capture's analysis must be positive");
        }
    }

    /** No limit on packets, 1 TiB, 100,000 conversations at once, 1,000 in the list: fits a heap of 256 MB. */
    public static Limits standard() {
        return new Limits(Long.MAX_VALUE, 1L << 40, LIVE, LISTED);
    }

    /** The same limits with another number of packets. */
    public Limits withPackets(long most) {
        return new Limits(most, bytes, liveConversations, listedConversations);
    }

    /** The same limits with another number of bytes. */
    public Limits withBytes(long most) {
        return new Limits(packets, most, liveConversations, listedConversations);
    }
}
