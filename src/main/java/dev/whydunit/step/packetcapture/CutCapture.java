package dev.whydunit.step.packetcapture;

import dev.whydunit.packet.PacketKeeper;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the packets that were looked at to a file in pcap's format, cut to their headers or to a length. It stops at a size, so
 * that the artifact stays one that can be kept.
 */
final class CutCapture implements PacketKeeper, Closeable {
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final long NANOS = 1_000_000_000L;
    private static final int LARGEST_PACKET = 262_144;
    private static final int BUFFER = 1 << 16;
    /** As large as artifacts of a capture become. */
    private static final long MOST_BYTES = 64L << 20;

    private final OutputStream out;
    private final Optional<Integer> snaplen;
    private final ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private int link = -1;
    private long written;
    private long leftOut;

    /** @param snaplen how many bytes of each packet to keep; its headers when empty */
    CutCapture(Path file, Optional<Integer> snaplen) throws IOException {
        this.snaplen = snaplen;
        out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    }

    @Override
    public int wanted(int captured, int headersEnd) {
        return snaplen.orElse(headersEnd);
    }

    @Override
    public void keep(byte[] data, int original, long nanos, int linkType) throws IOException {
        if (link < 0) {
            begin(linkType);
        }
        if (linkType != link || written + RECORD_HEADER + data.length > MOST_BYTES) {
            leftOut++;
            return;
        }
        header.clear();
        header.putInt((int) (nanos / NANOS))
                .putInt((int) (nanos % NANOS))
                .putInt(data.length)
                .putInt(original);
        out.write(header.array(), 0, RECORD_HEADER);
        out.write(data, 0, data.length);
        written += RECORD_HEADER + data.length;
    }

    private void begin(int linkType) throws IOException {
        link = linkType;
        header.clear();
        header.putInt(NANOSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
        header.putInt(snaplen.orElse(LARGEST_PACKET)).putInt(linkType);
        out.write(header.array(), 0, FILE_HEADER);
        written = FILE_HEADER;
    }

    /** Packets that the file lacks: over its size, or of another link type than the first. */
    long leftOut() {
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
