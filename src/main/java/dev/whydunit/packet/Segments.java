package dev.whydunit.packet;

import java.io.IOException;

/** Takes what belongs to connections: TCP segments, and the ICMP messages that answer them, in the order of the capture. */
sealed interface Segments permits Connections, Handover {
    /** Takes one TCP segment. */
    void segment(Frame frame, Segment segment, Addressed by);

    /**
     * Takes one message of ICMP, or of ICMPv6.
     *
     * @param length its length on the wire
     */
    void message(Frame frame, int at, int length, boolean six, Addressed by);

    /** Nothing more comes: what is open is closed, as the capture ends. */
    void end(Ending ending) throws IOException;
}
