package dev.whydunit.packet;

import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragmented datagrams together (RFC 791, RFC 8200). What came first stays where fragments overlap. At most 64
 * datagrams wait at once, none longer than 30 s of the capture's time.
 */
final class FragmentTable {
    private static final int MOST_WAITING = 64;
    private static final int LARGEST = 65_535;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int UNIT = 8;

    private record Key(long fromHigh, long fromLow, long toHigh, long toLow, int identification, int protocol) {}

    /** A datagram of which parts are missing. */
    private static final class Waiting {
        final long since;
        byte[] bytes = new byte[2048];
        final BitSet here = new BitSet();
        /** Bytes from the start on that a capture cut short does not hold; no limit while none was cut. */
        int cutAt = Integer.MAX_VALUE;

        int end = -1;

        Waiting(long since) {
            this.since = since;
        }
    }

    private final LinkedHashMap<Key, Waiting> waiting = new LinkedHashMap<>();
    private final Frame together;
    private final FrameTally tally;
    private final Malformed malformed;

    FragmentTable(Frame together, FrameTally tally, Malformed malformed) {
        this.together = together;
        this.tally = tally;
        this.malformed = malformed;
    }

    /** Takes a fragment; gives the whole datagram when this was the last one missing. It holds until the next one. */
    @Nullable
    Frame add(Frame frame, int at, int length, int offset, boolean more, int protocol, Addressed by) {
        if (frame == together) {
            // Fragments within a tunnel that was itself fragmented.
            return null;
        }
        if (length <= 0 || offset + length > LARGEST || more && length % UNIT != 0) {
            malformed.report(frame, "an IP fragment with an offset or length that cannot be");
            return null;
        }
        Key key = new Key(by.fromHigh, by.fromLow, by.toHigh, by.toLow, by.identification, protocol);
        Waiting parts = waiting.get(key);
        if (parts != null && frame.nanos - parts.since > PATIENCE_NANOS) {
            waiting.remove(key);
            parts = null;
        }
        if (parts == null) {
            makeRoom();
            parts = new Waiting(frame.nanos);
            waiting.put(key, parts);
        }
        place(frame, at, length, offset, more, parts);
        int units = (parts.end + UNIT - 1) / UNIT;
        if (parts.end < 0 || parts.here.nextClearBit(0) < units) {
            return null;
        }
        waiting.remove(key);
        int kept = Math.min(parts.end, parts.cutAt);
        together.become(frame, parts.bytes, Math.min(kept, parts.bytes.length), parts.end);
        return together;
    }

    private void place(Frame frame, int at, int length, int offset, boolean more, Waiting parts) {
        int first = offset / UNIT;
        int last = (offset + length + UNIT - 1) / UNIT;
        if (parts.here.nextSetBit(first) >= 0 && parts.here.nextSetBit(first) < last) {
            tally.overlapping++;
        }
        if (!more) {
            parts.end = parts.end < 0 ? offset + length : Math.min(parts.end, offset + length);
        }
        int held = Math.clamp((long) frame.captured - at, 0, length);
        if (held < length) {
            parts.cutAt = Math.min(parts.cutAt, offset + held);
        }
        if (held > 0 && frame.has(at + held)) {
            if (parts.bytes.length < offset + held) {
                parts.bytes = java.util.Arrays.copyOf(parts.bytes, Math.max(offset + held, 2 * parts.bytes.length));
            }
            for (int unit = first; unit < last; unit++) {
                int from = (unit - first) * UNIT;
                int count = Math.min(UNIT, held - from);
                if (count > 0 && !parts.here.get(unit)) {
                    frame.copy(at + from, parts.bytes, unit * UNIT, count);
                }
            }
        }
        parts.here.set(first, last);
    }

    private void makeRoom() {
        if (waiting.size() >= MOST_WAITING) {
            Iterator<Waiting> eldest = waiting.values().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
