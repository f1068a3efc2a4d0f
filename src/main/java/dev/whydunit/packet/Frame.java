package dev.whydunit.packet;

import java.util.Arrays;

/**
 * The packet at hand. Its bytes are where the capture was read to, so that none is copied, and one frame serves all packets, so
 * that none is allocated. Numbers are in network byte order; they are put together by hand, which is quick from the first
 * packet on, while the JVM still interprets.
 */
final class Frame {
    /** Number of the packet in the capture, from 1. */
    long number;
    /** When, in nanoseconds since 1970. */
    long nanos;
    /** Bytes in the capture. */
    int captured;
    /** Bytes on the wire. */
    int original;
    /** Whether it was put together from fragments, so that its bytes are not in the window that the capture is read through. */
    boolean apart;
    /** Whether something in it contradicts itself; it is counted once however much does. */
    boolean malformed;

    private byte[] data = new byte[0];
    private int base;

    /** Takes the packet that the reader stands at. It holds until the reader moves on. */
    void take(PacketReader reader) {
        number++;
        nanos = reader.nanos;
        captured = reader.captured;
        original = reader.original;
        malformed = false;
        apart = false;
        data = reader.bytes.window;
        base = reader.bytes.index(reader.data);
    }

    /** Becomes a datagram that was put together from fragments. */
    void become(Frame last, byte[] bytes, int length, int wire) {
        number = last.number;
        nanos = last.nanos;
        captured = length;
        original = wire;
        malformed = last.malformed;
        apart = true;
        data = bytes;
        base = 0;
    }

    /** Becomes a packet that lies at this place of a window. */
    void become(byte[] window, int at) {
        data = window;
        base = at;
    }

    /** Where its bytes begin in the window that holds them. */
    int base() {
        return base;
    }

    /** The window that holds them. */
    byte[] window() {
        return data;
    }

    /** Whether the bytes up to this offset are in the capture. */
    boolean has(int upTo) {
        return upTo <= captured;
    }

    int u8(int offset) {
        return data[base + offset] & 0xff;
    }

    int u16(int offset) {
        int i = base + offset;
        return (data[i] & 0xff) << 8 | data[i + 1] & 0xff;
    }

    int int32(int offset) {
        return u16(offset) << 16 | u16(offset + 2);
    }

    long int64(int offset) {
        return (long) int32(offset) << 32 | Integer.toUnsignedLong(int32(offset + 4));
    }

    void copy(int offset, byte[] to, int at, int length) {
        System.arraycopy(data, base + offset, to, at, length);
    }

    /** A hash of some of its bytes. */
    int hash(int offset, int length) {
        byte[] from = data;
        int end = base + offset + length;
        int hash = length;
        for (int i = base + offset; i < end; i++) {
            hash = hash * 31 + from[i];
        }
        return hash ^ hash >>> 15;
    }

    /** Whether some of its bytes are the same as others. */
    boolean same(int offset, int length, byte[] others) {
        int start = base + offset;
        return others.length == length && Arrays.equals(data, start, start + length, others, 0, length);
    }

    /** Where a byte is found next; {@code end} when it is not. */
    int find(int wanted, int offset, int end) {
        byte[] from = data;
        int most = base + Math.min(end, captured);
        for (int i = base + offset; i < most; i++) {
            if (from[i] == wanted) {
                return i - base;
            }
        }
        return end;
    }

    /** Where a word ends, that is where the next space or end of a line is; {@code end} when there is none. */
    int wordEnd(int offset, int end) {
        byte[] from = data;
        int most = base + Math.min(end, captured);
        for (int i = base + offset; i < most; i++) {
            int c = from[i];
            if (c <= ' ' && (c == ' ' || c == '\r' || c == '\n')) {
                return i - base;
            }
        }
        return end;
    }

    /** Where the first empty line ends, that is what follows CR LF CR LF; -1 when there is none. */
    int emptyLineEnd(int offset, int end) {
        byte[] from = data;
        int most = base + Math.min(end, captured);
        // At least one of any four bytes in a row is one of the four that are looked for.
        for (int i = base + offset + 3; i < most; i += 4) {
            int c = from[i];
            if (c == '\n' || c == '\r') {
                int last = c == '\r' ? i + 1 : i;
                if (last < most && from[last] == '\n' && from[last - 1] == '\r') {
                    if (last - 3 >= base + offset && from[last - 2] == '\n' && from[last - 3] == '\r') {
                        return last + 1 - base;
                    }
                    if (last + 2 < most && from[last + 1] == '\r' && from[last + 2] == '\n') {
                        return last + 3 - base;
                    }
                }
            }
        }
        return -1;
    }

    /** A copy of the packet's first bytes. */
    byte[] first(int length) {
        return Arrays.copyOfRange(data, base, base + length);
    }
}
