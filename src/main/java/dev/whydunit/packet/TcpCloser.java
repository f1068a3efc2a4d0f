package dev.whydunit.packet;

import java.util.Locale;

/** Judges a TCP connection as a whole when nothing more of it will be seen. */
final class TcpCloser {
    /** A segment of at least this size that never gets through is a big one: smaller packets fit any link (RFC 1191). */
    private static final int BIG = 500;

    private static final int BIG_REPEATS = 2;
    private static final int SILENT_REPEATS = 3;
    private static final int FEW = 3;
    private static final double MUCH_LOSS = 0.05;
    private static final double SOME_LOSS = 0.01;
    private static final double LONG_MILLIS = 100;
    private static final long LONG_HANDSHAKE_NANOS = 1_000_000_000;
    private static final long LONG_ZERO_NANOS = 1_000_000_000;

    private final Tally tally;
    private final ProblemBook problems;
    private final TlsTracker tls;
    private final HttpTracker http;

    private Ending ending = Ending.OPEN;

    TcpCloser(Tally tally, ProblemBook problems, TlsTracker tls, HttpTracker http) {
        this.tally = tally;
        this.problems = problems;
        this.tls = tls;
        this.http = http;
    }

    /** What is closed from here on is closed because the capture ends. */
    void end(Ending end) {
        ending = end;
    }

    void close(TcpFlow flow) {
        endZeroWindow(flow, flow.fromA);
        endZeroWindow(flow, flow.fromB);
        Samples trips = flow.roundTrips();
        if (trips != null) {
            trips.addTo(flow.timedBothWays() ? tally.roundTrips : tally.oneSidedRoundTrips);
        }
        attempt(flow);
        stuck(flow, 0);
        stuck(flow, 1);
        repeated(flow);
        waited(flow);
        if (flow.resetEstablished && !halfOpen(flow)) {
            tally.resetsEstablished++;
            problem(
                    flow,
                    ProblemKind.RESETS,
                    1,
                    flow.resetNanos,
                    flow.resetNanos,
                    () -> "%s reset its connection with %s after %s"
                            .formatted(
                                    flow.from(flow.resetBy),
                                    flow.from(1 - flow.resetBy),
                                    Durations.text(flow.resetNanos - flow.firstNanos)));
        }
        tls.closed(flow);
        http.closed(flow);
    }

    private void endZeroWindow(TcpFlow flow, TcpSide side) {
        if (side.zeroSince >= 0) {
            side.zeroNanos += Math.max(0, flow.lastNanos - side.zeroSince);
            side.zeroSince = -1;
        }
        tally.zeroNanos += side.zeroNanos;
    }

    /** Connection attempts that failed. */
    private void attempt(TcpFlow flow) {
        if (flow.syns == 0 || flow.synAck) {
            return;
        }
        if (flow.refused) {
            tally.synRefused++;
            problem(
                    flow,
                    ProblemKind.SYN_REFUSED,
                    1,
                    flow.synNanos,
                    flow.resetNanos,
                    () ->
                            "%s refused a connection from %s by RST: nothing listens on that port, or a firewall rejects with a reset"
                                    .formatted(flow.b(), Addresses.text(flow.aHigh, flow.aLow)));
        } else if (flow.rejected) {
            tally.synRejected++;
            problem(
                    flow,
                    ProblemKind.SYN_REJECTED,
                    1,
                    flow.synNanos,
                    flow.lastNanos,
                    () -> "A connection from %s to %s was rejected by an ICMP error: a firewall or router says no"
                            .formatted(Addresses.text(flow.aHigh, flow.aLow), flow.b()));
        } else if (flow.packetsFromB == 0 && !(flow.syns == 1 && ending.mayStillBeAnswered(flow.synNanos))) {
            tally.synUnanswered++;
            int syns = flow.syns;
            problem(
                    flow,
                    ProblemKind.SYN_UNANSWERED,
                    1,
                    flow.synNanos,
                    flow.lastNanos,
                    () -> "%s never answered %s, which sent %d SYN%s: a firewall drops it, or no such host is there"
                            .formatted(flow.b(), Addresses.text(flow.aHigh, flow.aLow), syns, syns == 1 ? "" : "s"));
        }
    }

    static boolean halfOpen(TcpFlow flow) {
        return unknownTo(flow.fromA, flow.fromB, flow) || unknownTo(flow.fromB, flow.fromA, flow);
    }

    /**
     * Whether the peer does not know the connection that the side has: all it says to data or keep-alives is RST. An end that closes is
     * left out, since the other may have closed before the capture began.
     */
    private static boolean unknownTo(TcpSide side, TcpSide peer, TcpFlow flow) {
        return flow.syns == 0
                && !flow.synAck
                && peer.segments > 0
                && peer.segments == peer.resets
                && side.segments > side.resets
                && !side.fin
                && (side.data || side.keepAlives > 0);
    }

    /** Segments that are sent again and again in vain. */
    private void stuck(TcpFlow flow, int direction) {
        TcpSide side = flow.side(direction);
        TcpSide peer = flow.side(1 - direction);
        if (unknownTo(side, peer, flow)) {
            tally.halfOpen++;
            problem(
                    flow,
                    ProblemKind.HALF_OPEN,
                    1,
                    flow.firstNanos,
                    flow.lastNanos,
                    () -> "%s answers %s only by RST: it does not know the connection that the other end still has open"
                            .formatted(flow.from(1 - direction), flow.from(direction)));
        } else if (side.repeats >= BIG_REPEATS
                && side.repeatedLength >= BIG
                && side.largestAcked < side.repeatedLength
                && flow.established) {
            tally.mtuBlackHoles++;
            int acked = side.largestAcked;
            problem(
                    flow,
                    ProblemKind.MTU_BLACK_HOLE,
                    1,
                    side.firstRepeatNanos,
                    side.lastRepeatNanos,
                    () ->
                            "%s: segments of %d bytes were sent %d times and never acknowledged, %s: a link on the path takes no"
                                            .formatted(
                                                    flow.arrow(direction),
                                                    side.repeatedLength,
                                                    side.repeats + 1,
                                                    acked > 0
                                                            ? "while those of up to " + acked + " bytes were"
                                                            : "though the handshake passed")
                                    + " packets of that size and does not say so");
        } else if (side.repeats >= SILENT_REPEATS && flow.established && peer.lastAckNanos < side.firstRepeatNanos) {
            tally.halfOpen++;
            problem(
                    flow,
                    ProblemKind.HALF_OPEN,
                    1,
                    side.firstRepeatNanos,
                    side.lastRepeatNanos,
                    () -> "%s stopped answering %s, which sent the same segment %d times over %s"
                            .formatted(
                                    flow.from(1 - direction),
                                    flow.from(direction),
                                    side.repeats + 1,
                                    Durations.text(side.lastRepeatNanos - side.firstRepeatNanos)));
        }
    }

    private void repeated(TcpFlow flow) {
        TcpSide a = flow.fromA;
        TcpSide b = flow.fromB;
        long count = (long) a.retransmissions + b.retransmissions;
        long data = (long) a.dataSegments + b.dataSegments;
        if (count > 0 && data > 0) {
            double share = Math.max(share(a), share(b));
            ProblemKind.Severity severity = count < FEW || share < SOME_LOSS
                    ? ProblemKind.Severity.LOW
                    : share < MUCH_LOSS ? ProblemKind.Severity.MEDIUM : ProblemKind.Severity.HIGH;
            long first = a.firstRetransmission < 0 || b.firstRetransmission < 0
                    ? Math.max(a.firstRetransmission, b.firstRetransmission)
                    : Math.min(a.firstRetransmission, b.firstRetransmission);
            problems.conversation(
                    ProblemKind.RETRANSMISSIONS,
                    severity,
                    count,
                    count,
                    first,
                    Math.max(a.lastRetransmission, b.lastRetransmission),
                    () -> flow.arrow(0),
                    () -> retransmissions(flow, count, data));
        }
        int late = a.outOfOrder + b.outOfOrder;
        if (late > 0) {
            problem(
                    flow,
                    ProblemKind.OUT_OF_ORDER,
                    late,
                    flow.firstNanos,
                    flow.lastNanos,
                    () -> "%s: %d segments arrived out of order".formatted(flow.arrow(0), late));
        }
    }

    private static double share(TcpSide side) {
        return side.dataSegments == 0 ? 0 : (double) side.retransmissions / side.dataSegments;
    }

    private static String retransmissions(TcpFlow flow, long count, long data) {
        TcpSide a = flow.fromA;
        TcpSide b = flow.fromB;
        String who = b.retransmissions == 0
                ? "all from " + Addresses.text(flow.aHigh, flow.aLow)
                : a.retransmissions == 0
                        ? "all from " + Addresses.text(flow.bHigh, flow.bLow)
                        : a.retransmissions + " from " + Addresses.text(flow.aHigh, flow.aLow) + ", "
                                + b.retransmissions + " from " + Addresses.text(flow.bHigh, flow.bLow);
        Samples trips = flow.roundTrips();
        String trip = trips == null ? "" : "; round trip " + Durations.text(trips.medianMillis() * 1e6);
        return String.format(
                Locale.ROOT,
                "%s: %.1f %% of data segments retransmitted (%d of %d), %s%s",
                flow.arrow(0),
                100.0 * count / data,
                count,
                data,
                who,
                trip);
    }

    /** Who had to wait, and for what. */
    private void waited(TcpFlow flow) {
        for (int direction = 0; direction < 2; direction++) {
            TcpSide side = flow.side(direction);
            int from = direction;
            if (side.zeroWindows > 0) {
                problems.conversation(
                        ProblemKind.ZERO_WINDOW,
                        side.zeroNanos > LONG_ZERO_NANOS ? ProblemKind.Severity.HIGH : ProblemKind.Severity.MEDIUM,
                        side.zeroWindows,
                        side.zeroNanos,
                        flow.firstNanos,
                        flow.lastNanos,
                        () -> flow.arrow(0),
                        () -> "%s could take no more data from %s for %s in all (zero window)"
                                .formatted(flow.from(from), flow.from(1 - from), Durations.text(side.zeroNanos)));
            }
            if (side.windowFull > 0) {
                problem(
                        flow,
                        ProblemKind.WINDOW_FULL,
                        side.windowFull,
                        flow.firstNanos,
                        flow.lastNanos,
                        () -> "%s filled the receive window of %s %d times"
                                .formatted(flow.from(from), flow.from(1 - from), side.windowFull));
            }
        }
        Samples thinks = flow.thinks;
        if (flow.slowAnswers > 0 && thinks != null) {
            problem(flow, ProblemKind.SLOW_SERVER, flow.slowAnswers, flow.firstSlowNanos, flow.lastSlowNanos, () -> {
                Distribution took = thinks.millis();
                return "%s took longer than a second for %d of %d answers to %s, at most %s"
                        .formatted(
                                flow.b(), flow.slowAnswers, took.count(), flow.a(), Durations.text(took.max() * 1e6));
            });
        }
        if (flow.handshakeNanos > LONG_HANDSHAKE_NANOS) {
            problem(
                    flow,
                    ProblemKind.SLOW_HANDSHAKE,
                    1,
                    flow.synNanos,
                    flow.synNanos + flow.handshakeNanos,
                    () -> "%s needed %s and %d SYNs to connect"
                            .formatted(flow.arrow(0), Durations.text(flow.handshakeNanos), flow.syns));
        }
        Samples trips = flow.roundTrips();
        if (trips != null && trips.medianMillis() >= LONG_MILLIS) {
            problem(
                    flow,
                    ProblemKind.LONG_ROUND_TRIP,
                    1,
                    flow.firstNanos,
                    flow.lastNanos,
                    () -> "%s: a round trip takes %s"
                            .formatted(flow.arrow(0), Durations.text(trips.medianMillis() * 1e6)));
        }
    }

    private void problem(
            TcpFlow flow,
            ProblemKind kind,
            long count,
            long first,
            long last,
            java.util.function.Supplier<String> says) {
        problems.conversation(kind, kind.severity, count, count, first, last, () -> flow.arrow(0), says);
    }

    /** How far the connection came, in one word of docs/packets.md. */
    static String state(TcpFlow flow) {
        if (flow.refused) {
            return "syn_refused";
        }
        if (flow.rejected) {
            return "syn_rejected";
        }
        if (halfOpen(flow)) {
            return "half_open";
        }
        if (flow.resetBy != TcpFlow.NOBODY) {
            return "reset";
        }
        return progress(flow);
    }

    /** How far the connection came apart from how it failed. */
    static String progress(TcpFlow flow) {
        if (flow.fromA.fin && flow.fromB.fin) {
            return "closed";
        }
        if (flow.fromA.fin || flow.fromB.fin) {
            return "closing";
        }
        if (flow.established) {
            return "established";
        }
        return flow.synAck ? "syn_received" : "syn_sent";
    }
}
