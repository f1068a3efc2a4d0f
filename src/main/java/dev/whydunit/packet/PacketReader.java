package dev.whydunit.packet;

import java.io.IOException;
import java.util.Optional;

/** Goes through the packets of a capture. After {@link #next} its fields describe the packet it stands at. */
abstract sealed class PacketReader permits PcapReader, PcapngReader {
    /** The longest packet that is believed; libpcap's own limit. A record that says more ends the reading. */
    static final int LONGEST = 262_144;

    static final long NANOS = 1_000_000_000L;

    final CaptureBytes bytes;

    /** Link type (LINKTYPE_ value) of the packet. */
    int linkType;
    /** Time of the packet in nanoseconds since 1970. */
    long nanos;
    /** Bytes of the packet in the capture. */
    int captured;
    /** Bytes of the packet on the wire. */
    int original;
    /** Where in the capture the packet's bytes begin. */
    long data;
    /** Packets that the capture says were lost before they were written. */
    long dropped;

    private Optional<String> broken = Optional.empty();

    PacketReader(CaptureBytes bytes) {
        this.bytes = bytes;
    }

    /** Moves on; false at the end, or where the file cannot be followed any further (see {@link #broken}). */
    abstract boolean next() throws IOException;

    /** The offset that was reached. */
    abstract long position();

    /** Why reading ended early, with the place; empty when the capture ended well. */
    final Optional<String> broken() {
        return broken;
    }

    /** Ends the reading: the file cannot be followed from here on. */
    final boolean breakOff(String why) {
        broken = Optional.of(why);
        return false;
    }

    /**
     * The reader for a capture, chosen by its first bytes.
     *
     * @throws NotACapture when it is neither pcap nor pcapng
     */
    static PacketReader of(CaptureBytes bytes) throws IOException, NotACapture {
        if (!bytes.has(0, 4)) {
            throw new NotACapture("it is empty or shorter than a capture's first four bytes");
        }
        int magic = bytes.int32(0);
        if (magic == PcapngReader.SECTION) {
            return new PcapngReader(bytes);
        }
        if (PcapReader.knows(magic) || PcapReader.knows(Integer.reverseBytes(magic))) {
            return new PcapReader(bytes, magic);
        }
        throw new NotACapture(
                "it begins with %08x, which is neither pcap nor pcapng".formatted(Integer.reverseBytes(magic)));
    }
}
