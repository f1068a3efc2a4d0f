package dev.whydunit.packet;

import org.jspecify.annotations.Nullable;

/** One direction of a TCP connection: what its sender did, and what is remembered to judge its next segment. */
final class TcpSide {
    /** No window scale option was seen, so that the window's size is not known. */
    static final int SCALE_UNKNOWN = -1;
    /** Window scaling is known not to be in use. */
    static final int SCALE_UNUSED = -2;

    // What is expected next (docs/packets.md names each).
    boolean started;
    int firstSequence;
    int nextSequence;
    long nextSequenceNanos;
    int lastNewLength;
    boolean acknowledges;
    int lastAck;
    long lastAckNanos;
    int duplicateAcks;
    int window;
    int windowScale = SCALE_UNKNOWN;
    int lastMarks;

    // The one segment whose round trip is being timed.
    boolean timing;
    int timedSequence;
    long timedNanos;
    /** From a segment of this side to its acknowledgement. */
    @Nullable
    Samples roundTrips;

    // What it announced and did.
    int mss;
    boolean syn;
    boolean fin;
    boolean data;
    long zeroSince = -1;
    long zeroNanos;

    // Segments that are sent again and never acknowledged.
    int repeatedSequence;
    int repeatedLength;
    int repeats;
    int largestAcked;
    int pendingLargest;
    int pendingLargestEnd;
    long firstRepeatNanos;
    long lastRepeatNanos;

    // Counts.
    int segments;
    int dataSegments;
    int retransmissions;
    int fast;
    int spurious;
    int duplicates;
    int outOfOrder;
    int lost;
    int zeroWindows;
    int windowFull;
    int keepAlives;
    int resets;
    long firstRetransmission = -1;
    long lastRetransmission;

    // Where the next TLS record begins, once the side speaks TLS.
    boolean tls;
    boolean tlsProtected;
    boolean tlsFinished;
    int tlsNext;
    int tlsCarried;
    int tlsCarry;
}
