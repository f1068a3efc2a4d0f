package dev.whydunit.packet;

/** Chooses the packets of a capture that are looked at. */
public interface PacketFilter {
    /**
     * Whether the packet is looked at.
     *
     * @param data the packet's bytes from 0 on; not to be kept or changed
     * @param captured how many of them there are
     * @param original how many there were on the wire
     * @param linkType the link type of its interface (LINKTYPE_ value)
     */
    boolean accepts(byte[] data, int captured, int original, int linkType);
}
