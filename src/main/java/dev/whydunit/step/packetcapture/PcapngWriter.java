package dev.whydunit.step.packetcapture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes pcapng: packets of several interfaces, with nanoseconds. Thread-safe. */
final class PcapngWriter {
    private static final int SECTION = 0x0a0d0d0a;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int PACKET_HEADER = 28;
    private static final byte[] PADDING = new byte[4];

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

    PcapngWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins the file; the interfaces' packets name them by their index. */
    synchronized void begin(int[] linkTypes, int snaplen) throws IOException {
        buffer.clear();
        buffer.putInt(SECTION)
                .putInt(28)
                .putInt(BYTE_ORDER)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1)
                .putInt(28);
        put();
        for (int linkType : linkTypes) {
            buffer.clear();
            buffer.putInt(1)
                    .putInt(32)
                    .putShort((short) linkType)
                    .putShort((short) 0)
                    .putInt(snaplen);
            // if_tsresol 9: nanoseconds.
            buffer.putShort((short) 9).putShort((short) 1).put((byte) 9).put(PADDING, 0, 3);
            buffer.putInt(0).putInt(32);
            put();
        }
        out.flush();
    }

    /** Writes a packet. */
    synchronized void packet(int index, byte[] data, int original, long nanos) throws IOException {
        int padded = data.length + 3 & ~3;
        int length = PACKET_HEADER + padded + 4;
        buffer.clear();
        buffer.putInt(6)
                .putInt(length)
                .putInt(index)
                .putInt((int) (nanos >>> 32))
                .putInt((int) nanos);
        buffer.putInt(data.length).putInt(original);
        put();
        out.write(data, 0, data.length);
        out.write(PADDING, 0, padded - data.length);
        buffer.clear();
        buffer.putInt(length);
        put();
    }

    synchronized void finish() throws IOException {
        out.flush();
    }

    private void put() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
    }
}
