package dev.whydunit.packet;

/** A TCP segment (RFC 9293, section 3.1) whose header was read; one object is used for all segments. */
final class Segment {
    private static final int SMALLEST_HEADER = 20;
    private static final int FLAGS = 0x3f;

    int fromPort;
    int toPort;
    int sequence;
    int ack;
    int flags;
    int window;
    /** Where in the frame its payload begins. */
    int start;
    /** Bytes of its header, options included. */
    int header;
    /** Bytes of its payload on the wire. */
    int payload;
    /** The first four bytes of its payload; 0 when there are not as many in the capture. */
    int beginning;

    /**
     * Reads the header.
     *
     * @param at where it begins
     * @param length bytes of the segment on the wire, header included
     * @return whether it could be read
     */
    boolean read(Frame frame, int at, int length, Malformed malformed) {
        if (length < SMALLEST_HEADER) {
            malformed.report(frame, "a TCP segment of less than 20 bytes");
            return false;
        }
        if (!frame.has(at + SMALLEST_HEADER)) {
            return false;
        }
        int headerAndFlags = frame.u16(at + 12);
        header = headerAndFlags >>> 12 << 2;
        if (header < SMALLEST_HEADER || header > length) {
            malformed.report(frame, "a TCP header length that does not fit its segment");
            return false;
        }
        flags = headerAndFlags & FLAGS;
        fromPort = frame.u16(at);
        toPort = frame.u16(at + 2);
        sequence = frame.int32(at + 4);
        ack = frame.int32(at + 8);
        window = frame.u16(at + 14);
        start = at + header;
        payload = length - header;
        beginning = payload >= Integer.BYTES && frame.has(start + Integer.BYTES) ? frame.int32(start) : 0;
        return true;
    }

    /** Where in the frame its options begin. */
    int options() {
        return start - header + SMALLEST_HEADER;
    }
}
