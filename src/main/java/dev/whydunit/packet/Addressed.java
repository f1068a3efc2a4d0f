package dev.whydunit.packet;

/** From which address to which a packet goes; one object is used for all packets. */
final class Addressed {
    long fromHigh;
    long fromLow;
    long toHigh;
    long toLow;
    /** The IPv4 identification or that of the IPv6 fragment header. */
    int identification;
}
