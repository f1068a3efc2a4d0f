package dev.whydunit.packet;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * What the decoder found of connections in one window of the capture, to be taken up by another thread. Bounded by the window, since every
 * packet in it has at most one entry.
 */
final class Batch {
    private static final int FIELDS = 9;
    private static final int FIRST = 2_048;

    private static final int SEGMENT = 0;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 2;
    private static final int KINDS = 3;
    private static final int MALFORMED = 4;
    private static final int APART = 8;
    private static final int FLAGS = 4;

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

    void segment(Frame frame, int at, int length, Addressed by) {
        add(frame, at, length, SEGMENT, by);
    }

    void message(Frame frame, int at, int length, boolean six, Addressed by) {
        add(frame, at, length, six ? ICMPV6 : ICMP, by);
    }

    private void add(Frame frame, int at, int length, int kind, Addressed by) {
        if (filled == entries.length) {
            entries = Arrays.copyOf(entries, filled * 2);
        }
        long[] to = entries;
        int i = filled;
        int flags = kind | (frame.malformed ? MALFORMED : 0) | (frame.apart ? APART : 0);
        to[i] = frame.number;
        to[i + 1] = frame.nanos;
        to[i + 2] = pair(frame.captured, frame.original);
        to[i + 3] = pair(frame.apart ? 0 : frame.base(), at);
        to[i + 4] = (long) length << FLAGS | flags;
        to[i + 5] = by.fromHigh;
        to[i + 6] = by.fromLow;
        to[i + 7] = by.toHigh;
        to[i + 8] = by.toLow;
        filled = i + FIELDS;
        if (frame.apart) {
            apart.add(frame.first(frame.captured));
        } else {
            window = frame.window();
        }
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }

    /**
     * Tells everything again, and forgets it.
     *
     * @param frame becomes each of the packets
     */
    void replay(Frame frame, Addressed by, Connections to) {
        long[] from = entries;
        for (int i = 0; i < filled; i += FIELDS) {
            int flags = (int) from[i + 4];
            frame.number = from[i];
            frame.nanos = from[i + 1];
            frame.captured = (int) (from[i + 2] >>> 32);
            frame.original = (int) from[i + 2];
            frame.malformed = (flags & MALFORMED) != 0;
            frame.become((flags & APART) == 0 ? window : apart.remove(), (int) (from[i + 3] >>> 32));
            int at = (int) from[i + 3];
            int length = (int) (from[i + 4] >> FLAGS);
            by.fromHigh = from[i + 5];
            by.fromLow = from[i + 6];
            by.toHigh = from[i + 7];
            by.toLow = from[i + 8];
            if ((flags & KINDS) == SEGMENT) {
                to.segment(frame, at, length, by);
            } else {
                to.message(frame, at, length, (flags & KINDS) == ICMPV6, by);
            }
        }
        clear();
    }

    void clear() {
        filled = 0;
        apart.clear();
    }
}
