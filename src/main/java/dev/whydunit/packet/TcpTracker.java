package dev.whydunit.packet;

/**
 * Judges each TCP segment by what came before it in its connection. The marks follow the rules that Wireshark documents in its user's
 * guide ("TCP Analysis"), so that the numbers can be compared; docs/packets.md states each rule and its RFC.
 */
final class TcpTracker {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    static final int ZERO_WINDOW_PROBE = 1;
    static final int ZERO_WINDOW = 1 << 1;
    static final int LOST = 1 << 2;
    static final int KEEP_ALIVE = 1 << 3;
    static final int WINDOW_FULL = 1 << 4;
    static final int KEEP_ALIVE_ACK = 1 << 5;
    static final int ZERO_WINDOW_PROBE_ACK = 1 << 6;
    static final int DUPLICATE_ACK = 1 << 7;
    static final int RETRANSMISSION = 1 << 8;
    static final int FAST = 1 << 9;
    static final int SPURIOUS = 1 << 10;
    static final int OUT_OF_ORDER = 1 << 11;

    private static final int OPTION_MSS = 2;
    private static final int OPTION_WINDOW_SCALE = 3;

    /** A repeated segment this soon after the duplicate acknowledgements was sent because of them. */
    private static final long FAST_NANOS = 20_000_000;
    /** A late segment this soon after the newest one is taken for reordered, while no round trip is known. */
    private static final long REORDER_NANOS = 3_000_000;
    /** A server that takes longer than this is slow. */
    static final long SLOW_NANOS = 1_000_000_000;

    private final Tally tally;
    private final Applications applications;
    private final FlowTable<TcpFlow> flows;

    TcpTracker(Tally tally, Applications applications, FlowTable<TcpFlow> flows) {
        this.tally = tally;
        this.applications = applications;
        this.flows = flows;
    }

    /** Takes one segment. */
    void segment(Frame frame, Segment segment, Addressed by) {
        int flags = segment.flags;
        int sequence = segment.sequence;
        int payload = segment.payload;
        long nanos = frame.nanos;
        TcpFlow flow = flows.of(by.fromHigh, by.fromLow, segment.fromPort, by.toHigh, by.toLow, segment.toPort, nanos);
        int direction = flows.direction;
        if ((flags & (SYN | ACK)) == SYN) {
            TcpSide side = flow.side(direction);
            if (side.started && side.firstSequence != sequence) {
                TcpFlow young = flow.young(direction, nanos);
                flows.replace(flow, young);
                flow = young;
                direction = 0;
            }
        } else if (flow.packets() == 0 && answersFirst(flags, segment.fromPort, segment.toPort)) {
            // The first packet seen is an answer: b began.
            flow = turned(flow);
            direction = 1;
        }
        flow.count(direction, frame.original, nanos);
        tally.segments++;

        TcpSide side = flow.side(direction);
        TcpSide peer = flow.side(1 - direction);
        int ack = segment.ack;
        int window = segment.window;
        int marks = judge(flow, side, peer, flags, sequence, ack, window, payload, nanos);
        record(flow, side, marks, nanos);
        if ((flags & SYN) != 0) {
            options(frame, segment.options(), segment.start, side);
            scale(side, peer, (flags & ACK) != 0);
        }
        follow(flow, direction, side, peer, flags, sequence, ack, window, payload, marks, nanos);

        if (payload > 0 && (marks & (RETRANSMISSION | SPURIOUS | KEEP_ALIVE)) == 0 && (flags & RST) == 0) {
            applications.data(frame, segment, flow, direction);
        }
    }

    private TcpFlow turned(TcpFlow flow) {
        TcpFlow turned = flow.young(1, flow.firstNanos);
        flows.exchange(flow, turned);
        return turned;
    }

    /** Without a SYN, whoever sends from the well-known or lower port is taken for the server. */
    private static boolean answersFirst(int flags, int fromPort, int toPort) {
        return (flags & SYN) != 0 || fromPort < toPort;
    }

    private int judge(
            TcpFlow flow,
            TcpSide side,
            TcpSide peer,
            int flags,
            int sequence,
            int ack,
            int window,
            int payload,
            long nanos) {
        int marks = 0;
        boolean control = (flags & (SYN | FIN | RST)) != 0;
        boolean known = side.started;
        boolean asExpected = known && sequence == side.nextSequence;
        boolean probe = payload == 1 && asExpected && peer.acknowledges && peer.window == 0;
        if (probe) {
            marks = ZERO_WINDOW_PROBE;
        } else {
            if (window == 0 && !control) {
                marks |= ZERO_WINDOW;
            }
            if (known && after(sequence, side.nextSequence) && (flags & RST) == 0) {
                marks |= LOST;
            }
            if (payload <= 1 && known && sequence == side.nextSequence - 1 && !control) {
                marks |= KEEP_ALIVE;
            }
            if (payload > 0
                    && !control
                    && peer.windowScale != TcpSide.SCALE_UNKNOWN
                    && fills(peer, sequence + payload)) {
                marks |= WINDOW_FULL;
            }
            if (payload == 0
                    && asExpected
                    && !control
                    && side.acknowledges
                    && ack == side.lastAck
                    && window == side.window) {
                if (window != 0 && (peer.lastMarks & KEEP_ALIVE) != 0) {
                    marks |= KEEP_ALIVE_ACK;
                } else if (window == 0 && (peer.lastMarks & ZERO_WINDOW_PROBE) != 0) {
                    marks |= ZERO_WINDOW_PROBE_ACK;
                } else if (window != 0) {
                    marks |= DUPLICATE_ACK;
                    side.duplicateAcks++;
                }
            }
        }
        if (ack != side.lastAck) {
            side.duplicateAcks = 0;
        }
        if ((payload > 0 || (flags & (SYN | FIN)) != 0) && (marks & KEEP_ALIVE) == 0) {
            marks |= repetition(flow, side, peer, flags, sequence, payload, nanos);
        }

        int next = sequence + payload + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
        if (!known) {
            side.started = true;
            side.firstSequence = (flags & SYN) != 0 ? sequence : sequence - 1;
            side.lastNewLength = payload;
            advance(side, next, nanos);
        } else if (after(next, side.nextSequence) && !probe) {
            if (after(next, side.nextSequence + next - sequence - payload)) {
                side.lastNewLength = payload;
            }
            advance(side, next, nanos);
        }
        side.window = window;
        side.lastAck = ack;
        side.acknowledges = true;
        side.lastAckNanos = nanos;
        side.lastMarks = marks;
        return marks;
    }

    private static void advance(TcpSide side, int next, long nanos) {
        side.nextSequence = next;
        side.nextSequenceNanos = nanos;
    }

    /** Whether data up to here fills the window that the peer announced. */
    private static boolean fills(TcpSide peer, int end) {
        int scale = Math.max(peer.windowScale, 0);
        return peer.acknowledges && end == peer.lastAck + (peer.window << scale);
    }

    /** Of a segment that does not advance the sequence: is it sent again, or late? */
    private static int repetition(
            TcpFlow flow, TcpSide side, TcpSide peer, int flags, int sequence, int payload, long nanos) {
        boolean old = side.started && before(sequence, side.nextSequence);
        if (payload > 1 && side.started && sequence == side.nextSequence - 1) {
            old = false;
        }
        if (payload > 0 && peer.acknowledges && peer.lastAck != 0 && !after(sequence + payload, peer.lastAck)) {
            return SPURIOUS;
        }
        if (!old) {
            return 0;
        }
        if (peer.duplicateAcks >= 2 && peer.lastAck == sequence && nanos - peer.lastAckNanos < FAST_NANOS) {
            return FAST;
        }
        long reorder = flow.firstRoundTrip == 0 ? REORDER_NANOS : flow.firstRoundTrip;
        if (nanos - side.nextSequenceNanos < reorder) {
            int end = sequence + payload + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
            if (side.nextSequence != end || side.lastNewLength == 0) {
                return OUT_OF_ORDER;
            }
        }
        return RETRANSMISSION;
    }

    private void record(TcpFlow flow, TcpSide side, int marks, long nanos) {
        side.segments++;
        if (marks == 0) {
            return;
        }
        if ((marks & (RETRANSMISSION | FAST | SPURIOUS)) != 0) {
            side.retransmissions++;
            tally.retransmissions++;
            if (side.firstRetransmission < 0) {
                side.firstRetransmission = nanos;
            }
            side.lastRetransmission = nanos;
            if ((marks & FAST) != 0) {
                side.fast++;
                tally.fast++;
            } else if ((marks & SPURIOUS) != 0) {
                side.spurious++;
                tally.spurious++;
            }
        }
        if ((marks & DUPLICATE_ACK) != 0) {
            side.duplicates++;
            tally.duplicateAcks++;
        }
        if ((marks & OUT_OF_ORDER) != 0) {
            side.outOfOrder++;
            tally.outOfOrder++;
        }
        if ((marks & LOST) != 0) {
            side.lost++;
            tally.lost++;
        }
        if ((marks & ZERO_WINDOW) != 0) {
            side.zeroWindows++;
            tally.zeroWindows++;
        }
        if ((marks & WINDOW_FULL) != 0) {
            side.windowFull++;
            tally.windowFull++;
        }
        if ((marks & KEEP_ALIVE) != 0) {
            side.keepAlives++;
            tally.keepAlives++;
        }
    }

    /** What Wireshark does not say: handshake, round trips, thinking time, how it ended. */
    private void follow(
            TcpFlow flow,
            int direction,
            TcpSide side,
            TcpSide peer,
            int flags,
            int sequence,
            int ack,
            int window,
            int payload,
            int marks,
            long nanos) {
        handshake(flow, direction, side, flags, nanos);
        roundTrip(side, peer, flags, sequence, ack, payload, marks, nanos);
        if ((flags & (SYN | RST)) == 0) {
            zeroWindow(side, window, nanos);
        }
        if (payload > 0) {
            side.dataSegments++;
            side.data = true;
            thinking(flow, direction, marks, nanos);
            big(side, sequence, payload, marks, nanos);
        }
        if ((flags & FIN) != 0) {
            side.fin = true;
        }
        if ((flags & RST) != 0) {
            reset(flow, direction, side, peer, nanos);
        }
    }

    private void handshake(TcpFlow flow, int direction, TcpSide side, int flags, long nanos) {
        if ((flags & SYN) != 0) {
            side.syn = true;
            if ((flags & ACK) != 0) {
                flow.synAck = true;
            } else {
                flow.syns++;
                flow.lastSynNanos = nanos;
                if (flow.synNanos < 0) {
                    flow.synNanos = nanos;
                }
            }
        } else if ((flags & ACK) != 0) {
            if (flow.firstRoundTrip == 0 && flow.lastSynNanos >= 0) {
                flow.firstRoundTrip = nanos - flow.lastSynNanos;
            }
            if (!flow.established && (flags & RST) == 0) {
                flow.established = direction == 0 && flow.synAck || flow.synNanos < 0;
                if (flow.established && flow.synNanos >= 0) {
                    flow.handshakeNanos = nanos - flow.synNanos;
                    tally.handshakes.add(flow.handshakeNanos);
                }
            }
        }
    }

    /** Times one segment at a time in each direction, and none that was sent twice (Karn; RFC 6298, section 3). */
    private static void roundTrip(
            TcpSide side, TcpSide peer, int flags, int sequence, int ack, int payload, int marks, long nanos) {
        if ((flags & ACK) != 0 && peer.timing && !after(peer.timedSequence, ack)) {
            peer.timing = false;
            long took = nanos - peer.timedNanos;
            if (took >= 0) {
                if (peer.roundTrips == null) {
                    peer.roundTrips = new Samples();
                }
                peer.roundTrips.add(took);
            }
        }
        if ((flags & ACK) != 0 && peer.repeats > 0 && after(ack, peer.repeatedSequence)) {
            peer.repeats = 0;
        }
        if ((flags & ACK) != 0 && peer.pendingLargest > 0 && !after(peer.pendingLargestEnd, ack)) {
            peer.largestAcked = Math.max(peer.largestAcked, peer.pendingLargest);
            peer.pendingLargest = 0;
        }
        if ((marks & (RETRANSMISSION | FAST | SPURIOUS | OUT_OF_ORDER)) != 0) {
            side.timing = false;
        } else if (!side.timing
                && (flags & RST) == 0
                && (payload > 0 || (flags & (SYN | FIN)) != 0)
                && (marks & KEEP_ALIVE) == 0) {
            side.timing = true;
            side.timedSequence = sequence + payload + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
            side.timedNanos = nanos;
        }
    }

    private void zeroWindow(TcpSide side, int window, long nanos) {
        if (window == 0) {
            if (side.zeroSince < 0) {
                side.zeroSince = nanos;
            }
        } else if (side.zeroSince >= 0) {
            side.zeroNanos += Math.max(0, nanos - side.zeroSince);
            side.zeroSince = -1;
        }
    }

    private void thinking(TcpFlow flow, int direction, int marks, long nanos) {
        if ((marks & (RETRANSMISSION | FAST | SPURIOUS)) != 0) {
            return;
        }
        if (direction == 0) {
            flow.askedNanos = nanos;
        } else if (flow.askedNanos >= 0) {
            long took = nanos - flow.askedNanos;
            flow.askedNanos = -1;
            tally.thinks.add(took);
            if (flow.thinks == null) {
                flow.thinks = new Samples();
            }
            flow.thinks.add(took);
            if (took > SLOW_NANOS) {
                if (flow.slowAnswers++ == 0) {
                    flow.firstSlowNanos = nanos;
                }
                flow.lastSlowNanos = nanos;
            }
        }
    }

    /** Remembers which size gets through and which is sent again in vain. */
    private void big(TcpSide side, int sequence, int payload, int marks, long nanos) {
        if ((marks & (RETRANSMISSION | FAST)) != 0) {
            if (side.repeats > 0 && side.repeatedSequence == sequence) {
                side.repeats++;
            } else if (side.repeats == 0 || before(sequence, side.repeatedSequence)) {
                side.repeats = 1;
                side.firstRepeatNanos = nanos;
                side.repeatedSequence = sequence;
            }
            if (side.repeatedSequence == sequence) {
                side.repeatedLength = payload;
                side.lastRepeatNanos = nanos;
            }
        } else if ((marks & (SPURIOUS | KEEP_ALIVE)) == 0
                && payload > side.largestAcked
                && payload >= side.pendingLargest) {
            side.pendingLargest = payload;
            side.pendingLargestEnd = sequence + payload;
        }
    }

    private void reset(TcpFlow flow, int direction, TcpSide side, TcpSide peer, long nanos) {
        side.resets++;
        tally.resets++;
        if (flow.resetBy != TcpFlow.NOBODY) {
            return;
        }
        flow.resetState = TcpCloser.progress(flow);
        flow.resetBy = direction;
        flow.resetNanos = nanos;
        if (direction == 1 && peer.syn && !flow.synAck && side.segments == side.resets) {
            flow.refused = true;
        } else if (flow.established && !side.fin && !peer.fin) {
            flow.resetEstablished = true;
        }
    }

    private static void options(Frame frame, int from, int to, TcpSide side) {
        if (!frame.has(to)) {
            return;
        }
        int at = from;
        while (at < to) {
            int kind = frame.u8(at);
            if (kind == 0) {
                return;
            }
            if (kind == 1) {
                at++;
                continue;
            }
            if (at + 2 > to) {
                return;
            }
            int size = frame.u8(at + 1);
            if (size < 2 || at + size > to) {
                return;
            }
            if (kind == OPTION_MSS && size == 4) {
                side.mss = frame.u16(at + 2);
            } else if (kind == OPTION_WINDOW_SCALE && size == 3) {
                side.windowScale = Math.min(frame.u8(at + 2), 14);
            }
            at += size;
        }
    }

    /** Window scaling is in use only when both SYN and SYN/ACK offer it (RFC 7323, section 2.2). */
    private static void scale(TcpSide side, TcpSide peer, boolean synAck) {
        if (side.windowScale == TcpSide.SCALE_UNKNOWN) {
            side.windowScale = TcpSide.SCALE_UNUSED;
            peer.windowScale = TcpSide.SCALE_UNUSED;
        } else if (synAck && peer.windowScale == TcpSide.SCALE_UNUSED) {
            side.windowScale = TcpSide.SCALE_UNUSED;
        }
    }

    private static boolean after(int sequence, int other) {
        return sequence - other > 0;
    }

    private static boolean before(int sequence, int other) {
        return sequence - other < 0;
    }
}
