package dev.whydunit.packet;

import org.jspecify.annotations.Nullable;

/** A TCP connection while its segments are counted. */
final class TcpFlow extends Flow {
    /** Who ended it first by RST. */
    static final int NOBODY = -1;

    final TcpSide fromA = new TcpSide();
    final TcpSide fromB = new TcpSide();

    long synNanos = -1;
    long lastSynNanos = -1;
    int syns;
    boolean synAck;
    boolean refused;
    boolean rejected;
    boolean established;
    long handshakeNanos = -1;
    /** From the latest SYN to the first plain acknowledgement: how far apart reordered segments may lie. */
    long firstRoundTrip;

    int resetBy = NOBODY;
    long resetNanos;
    /** How far the connection had come; see {@link TcpCloser#state}. */
    String resetState = "";

    boolean resetEstablished;

    /** The server's answer is awaited since then; -1 when none is. */
    long askedNanos = -1;

    int slowAnswers;
    long firstSlowNanos;
    long lastSlowNanos;

    @Nullable
    Samples thinks;

    @Nullable
    HttpExchange http;

    boolean clientHello;
    boolean serverHello;
    boolean fatalAlert;

    TcpFlow(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort, int hash, long nanos) {
        super(aHigh, aLow, aPort, bHigh, bLow, bPort, hash, nanos);
    }

    TcpSide side(int direction) {
        return direction == 0 ? fromA : fromB;
    }

    /**
     * Round trips between the place of the capture and the end that is farther from it: at one of the ends, the other end's acknowledgements
     * take the whole way and its own none. The farther end is the one whose fastest acknowledgement takes longer; the
     * fastest, since acknowledgements are held back at times (RFC 1122, section 4.2.3.2).
     */
    @Nullable
    Samples roundTrips() {
        Samples toB = fromA.roundTrips;
        Samples toA = fromB.roundTrips;
        if (toA == null || toB == null) {
            return toA == null ? toB : toA;
        }
        return toB.min() >= toA.min() ? toB : toA;
    }

    /** Whether each end's acknowledgements were timed. */
    boolean timedBothWays() {
        return fromA.roundTrips != null && fromB.roundTrips != null;
    }

    /** The same endpoints, with the other one as the one who began. */
    TcpFlow young(int direction, long nanos) {
        return direction == 0
                ? new TcpFlow(aHigh, aLow, aPort, bHigh, bLow, bPort, hash, nanos)
                : new TcpFlow(bHigh, bLow, bPort, aHigh, aLow, aPort, hash, nanos);
    }
}
