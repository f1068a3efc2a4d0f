package dev.whydunit.packet;

import java.io.IOException;

/** Is shown every packet that is looked at, and may keep some of its bytes. */
public interface PacketKeeper {
    /**
     * How many of the packet's first bytes are to be kept.
     *
     * @param captured how many bytes of it there are
     * @param headersEnd where its headers end and what they carry begins
     */
    int wanted(int captured, int headersEnd);

    /**
     * Keeps a packet.
     *
     * @param data as many of its first bytes as were wanted
     * @param original how many there were on the wire
     * @param nanos when, in nanoseconds since 1970
     * @param linkType the link type of its interface (LINKTYPE_ value)
     */
    void keep(byte[] data, int original, long nanos, int linkType) throws IOException;
}
