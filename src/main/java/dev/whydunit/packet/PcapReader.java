package dev.whydunit.packet;

import java.io.IOException;

/** Reads pcap, the format of libpcap (draft-ietf-opsawg-pcap), with micro- or nanoseconds, in both byte orders. */
final class PcapReader extends PacketReader {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    /** Alexey Kuznetzov's variant: eight more bytes in the header of each packet. */
    private static final int PATCHED = 0xa1b2cd34;

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int PATCHED_RECORD_HEADER = 24;
    /** The upper bits of the link type say how long a frame's check sequence is. */
    private static final int LINK_TYPE_BITS = 0x03ffffff;

    private final boolean swapped;
    private final int unit;
    private final int header;
    private final int link;
    private long at = FILE_HEADER;
    private long number;

    PcapReader(CaptureBytes bytes, int magic) throws IOException, NotACapture {
        super(bytes);
        swapped = !knows(magic);
        int known = swapped ? Integer.reverseBytes(magic) : magic;
        unit = known == NANOSECONDS ? 1 : 1_000;
        header = known == PATCHED ? PATCHED_RECORD_HEADER : RECORD_HEADER;
        if (!bytes.has(0, FILE_HEADER)) {
            throw new NotACapture("it is cut short within the header of a pcap file");
        }
        link = int32(20) & LINK_TYPE_BITS;
        linkType = link;
    }

    static boolean knows(int magic) {
        return magic == MICROSECONDS || magic == NANOSECONDS || magic == PATCHED;
    }

    @Override
    boolean next() throws IOException {
        if (!bytes.has(at, header)) {
            return bytes.has(at, 1)
                    ? breakOff("cut short within the header of packet %d at byte %d".formatted(number + 1, at))
                    : false;
        }
        long seconds = Integer.toUnsignedLong(int32(at));
        long fraction = Integer.toUnsignedLong(int32(at + 4));
        int length = int32(at + 8);
        int wire = int32(at + 12);
        if (length < 0 || length > LONGEST) {
            return breakOff("the header of packet %d at byte %d says %d bytes, more than any packet has"
                    .formatted(number + 1, at, Integer.toUnsignedLong(length)));
        }
        if (!bytes.has(at + header, length)) {
            return breakOff("cut short within packet %d at byte %d".formatted(number + 1, at));
        }
        nanos = seconds * NANOS + Math.min(fraction * unit, NANOS - 1);
        captured = length;
        original = wire < length ? length : wire;
        data = at + header;
        at = data + length;
        number++;
        return true;
    }

    @Override
    long position() {
        return at;
    }

    private int int32(long offset) {
        int value = bytes.int32(offset);
        return swapped ? Integer.reverseBytes(value) : value;
    }
}
