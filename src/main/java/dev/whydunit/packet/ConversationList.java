package dev.whydunit.packet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The conversations with most bytes. */
final class ConversationList {
    private static final double NANOS = 1e9;
    private static final double MILLI = 1e6;
    private static final int BITS = 8;

    /** The smaller, and of equals the later, first. */
    private static final Comparator<Flow> SMALLEST_FIRST = (one, other) -> {
        int bySize = Long.compare(one.bytes(), other.bytes());
        return bySize != 0 ? bySize : Long.compare(other.firstNanos, one.firstNanos);
    };

    private final PriorityQueue<Flow> largest = new PriorityQueue<>(SMALLEST_FIRST);
    private final int most;
    private long left;

    ConversationList(int most) {
        this.most = most;
    }

    void add(Flow flow) {
        if (largest.size() < most) {
            largest.add(flow);
            return;
        }
        left++;
        Flow smallest = largest.peek();
        if (smallest != null && SMALLEST_FIRST.compare(flow, smallest) > 0) {
            largest.poll();
            largest.add(flow);
        }
    }

    /** Adds other conversations of the same capture. */
    void merge(ConversationList others) {
        left += others.left;
        others.largest.forEach(this::add);
    }

    /** Conversations that are not in the list. */
    long left() {
        return left;
    }

    List<Conversation> report() {
        List<Flow> flows = new ArrayList<>(largest);
        flows.sort((one, other) -> {
            int largestFirst = SMALLEST_FIRST.compare(other, one);
            if (largestFirst != 0) {
                return largestFirst;
            }
            int byA = one.a().compareTo(other.a());
            return byA != 0 ? byA : one.b().compareTo(other.b());
        });
        List<Conversation> conversations = new ArrayList<>(flows.size());
        flows.forEach(flow -> conversations.add(conversation(flow)));
        return conversations;
    }

    private static Conversation conversation(Flow flow) {
        return flow instanceof TcpFlow tcp
                ? tcp(tcp)
                : describe(flow, "udp", NOTHING, NOTHING, new TcpFlow(0, 0, 0, 0, 0, 0, 0, 0), "");
    }

    private static final TcpSide NOTHING = new TcpSide();

    private static Conversation tcp(TcpFlow flow) {
        return describe(flow, "tcp", flow.fromA, flow.fromB, flow, TcpCloser.state(flow));
    }

    private static Conversation describe(Flow flow, String protocol, TcpSide a, TcpSide b, TcpFlow tcp, String state) {
        double seconds = (flow.lastNanos - flow.firstNanos) / NANOS;
        Samples trips = tcp.roundTrips();
        int mss = a.mss == 0 || b.mss == 0 ? Math.max(a.mss, b.mss) : Math.min(a.mss, b.mss);
        return new Conversation(
                flow.a(),
                flow.b(),
                protocol,
                flow.packets(),
                flow.bytes(),
                flow.packetsFromA,
                flow.bytesFromA,
                Times.instant(flow.firstNanos),
                Times.instant(flow.lastNanos),
                (long) a.retransmissions + b.retransmissions,
                a.retransmissions,
                (long) a.fast + b.fast,
                (long) a.spurious + b.spurious,
                (long) a.duplicates + b.duplicates,
                (long) a.outOfOrder + b.outOfOrder,
                (long) a.lost + b.lost,
                (long) a.zeroWindows + b.zeroWindows,
                (a.zeroNanos + b.zeroNanos) / NANOS,
                (long) a.windowFull + b.windowFull,
                (long) a.keepAlives + b.keepAlives,
                (long) a.resets + b.resets,
                tcp.resetBy == TcpFlow.NOBODY ? "" : tcp.resetBy == 0 ? "a" : "b",
                tcp.resetState,
                state,
                Math.max(0, tcp.handshakeNanos) / MILLI,
                trips == null ? Distribution.NONE : trips.millis(),
                tcp.thinks == null ? Distribution.NONE : tcp.thinks.millis(),
                mss,
                seconds > 0 ? flow.bytes() * BITS / seconds : 0);
    }
}
