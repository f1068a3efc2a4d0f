package dev.whydunit.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The packet at hand: as many of its bytes as were asked for, in network byte order. One frame serves all packets of a
 * capture, so that none is allocated per packet.
 */
final class Frame {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Enough for the headers of most packets, so that one copy does. */
    private static final int HEADERS = 128;

    final byte[] data = new byte[PacketReader.LONGEST];

    /** Number of the packet in the capture, from 1. */
    long number;
    /** When, in nanoseconds since 1970. */
    long nanos;
    /** Bytes in the capture. */
    int captured;
    /** Bytes on the wire. */
    int original;

    private final PacketReader reader;
    private int loaded;

    Frame(PacketReader reader) {
        this.reader = reader;
    }

    /** Takes the packet that the reader stands at. */
    void take() {
        number++;
        nanos = reader.nanos;
        captured = reader.captured;
        original = reader.original;
        loaded = Math.min(HEADERS, captured);
        reader.bytes.copy(reader.data, data, 0, loaded);
    }

    /** Becomes a datagram that was put together from fragments in {@link #data}. */
    void become(Frame last, int length, int wire) {
        number = last.number;
        nanos = last.nanos;
        captured = length;
        original = wire;
        loaded = length;
    }

    /** Whether the bytes up to this offset are in the capture; makes them readable. */
    boolean has(int upTo) {
        return upTo <= loaded || load(upTo);
    }

    private boolean load(int upTo) {
        if (upTo > captured) {
            return false;
        }
        reader.bytes.copy(reader.data + loaded, data, loaded, upTo - loaded);
        loaded = upTo;
        return true;
    }

    int u8(int offset) {
        return data[offset] & 0xff;
    }

    int u16(int offset) {
        return (short) SHORT.get(data, offset) & 0xffff;
    }

    int int32(int offset) {
        return (int) INT.get(data, offset);
    }

    long int64(int offset) {
        return (long) LONG.get(data, offset);
    }
}
