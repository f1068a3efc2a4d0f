package dev.whydunit.packet;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * What the decoder found of connections in one window of the capture, to be taken up by another thread. Bounded by the window, since every
 * packet in it has at most one entry.
 */
final class Batch {
    /**
     * Of an entry: number, nanos, captured and original, base and at, length and header and what it is, sequence and
     * acknowledgement, ports and window and flags, the payload's beginning, the addresses.
     */
    private static final int FIELDS = 12;

    private static final int FIRST = 2_048;

    private static final int SEGMENT = 0;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 2;
    private static final int KINDS = 3;
    private static final int MALFORMED = 4;
    private static final int APART = 8;
    private static final int HEADER = 4;
    private static final int LONGEST_HEADER = 63;
    private static final int SHIFT = 10;
    private static final int HALF = 16;

    private byte[] window = new byte[0];
    private long[] entries = new long[FIRST * FIELDS];
    private int filled;
    /** Datagrams that were put together from fragments; they are not in the window. */
    private final Queue<byte[]> apart = new ArrayDeque<>();

    boolean isEmpty() {
        return filled == 0;
    }

    /** The window that the entries are in; when there are none, one that is free. */
    byte[] window() {
        return window;
    }

    /** Remembers a TCP segment. */
    void segment(Frame frame, Segment segment, Addressed by) {
        int i = entry(frame, segment.start, (long) segment.payload << SHIFT | segment.header << HEADER | SEGMENT, by);
        entries[i + 5] = pair(segment.sequence, segment.ack);
        entries[i + 6] = pair(segment.fromPort << HALF | segment.toPort, segment.window << HALF | segment.flags);
        entries[i + 7] = segment.beginning;
    }

    /** Remembers a message of ICMP. */
    void message(Frame frame, int at, int length, boolean six, Addressed by) {
        entry(frame, at, (long) length << SHIFT | (six ? ICMPV6 : ICMP), by);
    }

    private int entry(Frame frame, int at, long what, Addressed by) {
        if (filled == entries.length) {
            entries = Arrays.copyOf(entries, filled * 2);
        }
        long[] to = entries;
        int i = filled;
        to[i] = frame.number;
        to[i + 1] = frame.nanos;
        to[i + 2] = pair(frame.captured, frame.original);
        to[i + 3] = pair(frame.base(), at);
        to[i + 4] = what | (frame.malformed ? MALFORMED : 0) | (frame.apart ? APART : 0);
        to[i + 8] = by.fromHigh;
        to[i + 9] = by.fromLow;
        to[i + 10] = by.toHigh;
        to[i + 11] = by.toLow;
        filled = i + FIELDS;
        if (frame.apart) {
            apart.add(frame.first(frame.captured));
        } else {
            window = frame.window();
        }
        return i;
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }

    /**
     * Tells everything again, and forgets it.
     *
     * @param frame becomes each of the packets
     */
    void replay(Frame frame, Segment segment, Addressed by, Connections to) {
        long[] from = entries;
        for (int i = 0; i < filled; i += FIELDS) {
            int what = (int) from[i + 4];
            int at = (int) from[i + 3];
            int length = (int) (from[i + 4] >> SHIFT);
            frame.number = from[i];
            frame.nanos = from[i + 1];
            frame.captured = (int) (from[i + 2] >>> Integer.SIZE);
            frame.original = (int) from[i + 2];
            frame.malformed = (what & MALFORMED) != 0;
            frame.become((what & APART) == 0 ? window : apart.remove(), (int) (from[i + 3] >>> Integer.SIZE));
            by.fromHigh = from[i + 8];
            by.fromLow = from[i + 9];
            by.toHigh = from[i + 10];
            by.toLow = from[i + 11];
            if ((what & KINDS) == SEGMENT) {
                segment.start = at;
                segment.payload = length;
                segment.header = what >>> HEADER & LONGEST_HEADER;
                segment.sequence = (int) (from[i + 5] >>> Integer.SIZE);
                segment.ack = (int) from[i + 5];
                int ports = (int) (from[i + 6] >>> Integer.SIZE);
                segment.fromPort = ports >>> HALF;
                segment.toPort = ports & 0xffff;
                segment.window = (int) from[i + 6] >>> HALF;
                segment.flags = (int) from[i + 6] & 0xffff;
                segment.beginning = (int) from[i + 7];
                to.segment(frame, segment, by);
            } else {
                to.message(frame, at, length, (what & KINDS) == ICMPV6, by);
            }
        }
        clear();
    }

    /** Forgets everything. */
    void clear() {
        filled = 0;
        apart.clear();
    }
}
