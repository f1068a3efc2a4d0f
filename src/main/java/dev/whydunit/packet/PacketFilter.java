package dev.whydunit.packet;

/** Chooses the packets of a capture that are looked at. */
public interface PacketFilter {
    /**
     * Whether the packet is looked at.
     *
     * @param data the packet's bytes as far as they were captured
     * @param original how many there were on the wire
     * @param linkType the link type of its interface (LINKTYPE_ value)
     */
    boolean accepts(byte[] data, int original, int linkType);
}
