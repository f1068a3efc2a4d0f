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
     * @param data the packet's bytes from 0 on; not to be kept or changed
     * @param length how many there are to keep: as many as were wanted
     * @param original how many there were on the wire
     * @param nanos when, in nanoseconds since 1970
     * @param linkType the link type of its interface (LINKTYPE_ value)
     */
    void keep(byte[] data, int length, int original, long nanos, int linkType) throws IOException;
}
