package dev.whydunit.packet;

/** Takes the headers of a frame apart, from the link layer inwards, and hands what it finds to the trackers. */
final class Decoder {
    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_COOKED = 113;
    private static final int IPV4_ONLY = 228;
    private static final int IPV6_ONLY = 229;
    private static final int LINUX_COOKED_2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_ARP = 0x0806;
    private static final int TYPE_BRIDGED = 0x6558;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_QINQ = 0x88a8;
    private static final int TYPE_QINQ_OLD = 0x9100;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int SMALLEST_TYPE = 0x600;
    private static final int MOST_TAGS = 8;
    private static final int MOST_LAYERS = 8;

    private static final int HOP_BY_HOP = 0;
    private static final int ICMP = 1;
    private static final int IP_IN_IP = 4;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int IPV6_IN_IP = 41;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int GRE = 47;
    private static final int AUTHENTICATION = 51;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION = 60;
    private static final int MOBILITY = 135;
    private static final int HIP = 139;
    private static final int SHIM6 = 140;

    private static final int VXLAN_PORT = 4789;
    private static final int GENEVE_PORT = 6081;
    /** Of an ICMP error, what is kept of the packet that it quotes: its headers. */
    private static final int ICMP_HEADERS = 8 + 40 + 8;

    private final FrameTally tally;
    private final Malformed malformed;
    private final Segments connections;
    private final UdpTracker udp;
    private final ArpTracker arp;
    private final FragmentTable fragmentTable;
    private final Addressed by = new Addressed();
    private final Segment segment = new Segment();

    private int layers;
    private Frame whole;

    /** Where the headers of the frame end and what it carries begins: nothing behind it needs to be kept. */
    int headersEnd;

    Decoder(
            FrameTally tally,
            Malformed malformed,
            Segments connections,
            UdpTracker udp,
            ArpTracker arp,
            FragmentTable fragmentTable,
            Frame frame) {
        this.tally = tally;
        this.malformed = malformed;
        this.connections = connections;
        this.udp = udp;
        this.arp = arp;
        this.fragmentTable = fragmentTable;
        whole = frame;
    }

    /** Takes one frame of this link type. */
    void frame(Frame frame, int linkType) {
        layers = 0;
        whole = frame;
        headersEnd = 0;
        switch (linkType) {
            case ETHERNET -> ethernet(frame, 0, true);
            case LINUX_COOKED -> {
                if (headers(frame, 16)) {
                    cast(frame.u16(0));
                    typed(frame, 16, frame.u16(14));
                }
            }
            case LINUX_COOKED_2 -> {
                if (headers(frame, 20)) {
                    cast(frame.u8(10));
                    typed(frame, 20, frame.u16(0));
                }
            }
            case NULL, LOOP -> {
                // The address family in four bytes of either order: 2 is IPv4, 24, 28 and 30 are IPv6.
                if (headers(frame, 4) && family(frame.u8(0) | frame.u8(3))) {
                    ip(frame, 4, frame.original - 4);
                }
            }
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4_ONLY, IPV6_ONLY -> ip(frame, 0, frame.original);
            default -> {}
        }
    }

    private static boolean family(int number) {
        return number == 2 || number == 24 || number == 28 || number == 30;
    }

    /** Linux says in cooked captures to whom a packet went: 1 broadcast, 2 multicast. */
    private void cast(int packetType) {
        if (packetType == 1) {
            tally.broadcasts++;
        } else if (packetType == 2) {
            tally.multicasts++;
        }
    }

    private void ethernet(Frame frame, int at, boolean outermost) {
        if (!headers(frame, at + 14)) {
            if (frame.original < at + 14) {
                malformed.report(frame, "an Ethernet frame shorter than its header");
            }
            return;
        }
        if (outermost && (frame.u8(at) & 1) != 0) {
            if (frame.int32(at) == -1 && frame.u16(at + 4) == 0xffff) {
                tally.broadcasts++;
            } else {
                tally.multicasts++;
            }
        }
        typed(frame, at + 14, frame.u16(at + 12));
    }

    private void typed(Frame frame, int start, int etherType) {
        int at = start;
        int type = etherType;
        for (int tags = 0; type == TYPE_VLAN || type == TYPE_QINQ || type == TYPE_QINQ_OLD; tags++) {
            if (tags == MOST_TAGS) {
                malformed.report(frame, "more than 8 VLAN tags");
                return;
            }
            if (!headers(frame, at + 4)) {
                return;
            }
            type = frame.u16(at + 2);
            at += 4;
        }
        if (type < SMALLEST_TYPE) {
            // IEEE 802.3: a length; SNAP may follow (RFC 1042).
            if (frame.has(at + 8) && frame.int32(at) == 0xaaaa0300 && frame.u16(at + 4) == 0) {
                typed(frame, at + 8, Math.max(frame.u16(at + 6), SMALLEST_TYPE));
            }
            return;
        }
        switch (type) {
            case TYPE_IPV4, TYPE_IPV6 -> ip(frame, at, frame.original - at);
            case TYPE_ARP -> {
                if (arp.packet(frame, at)) {
                    headersEnd(frame, at + 28);
                }
            }
            default -> {}
        }
    }

    private void ip(Frame frame, int at, int length) {
        if (++layers > MOST_LAYERS) {
            malformed.report(frame, "more than 8 headers of IP within each other");
            return;
        }
        if (!frame.has(at + 1)) {
            return;
        }
        switch (frame.u8(at) >>> 4) {
            case 4 -> ipv4(frame, at, length);
            case 6 -> ipv6(frame, at, length);
            default -> malformed.report(frame, "an IP version that is neither 4 nor 6");
        }
    }

    private void ipv4(Frame frame, int at, int length) {
        if (length < 20) {
            malformed.report(frame, "an IPv4 packet of less than 20 bytes");
            return;
        }
        if (!headers(frame, at + 20)) {
            return;
        }
        int header = (frame.u8(at) & 15) << 2;
        int total = frame.u16(at + 2);
        if (total == 0) {
            // Left to the network card to fill in (segmentation offload).
            total = length;
        }
        if (header < 20 || total < header) {
            malformed.report(frame, "an IPv4 header length or total length that is too small");
            return;
        }
        if (total > length) {
            malformed.report(frame, "an IPv4 total length beyond the end of its frame");
            total = length;
            if (total < header) {
                return;
            }
        }
        by.fromHigh = 0;
        by.fromLow = Addresses.ipv4(frame.int32(at + 12));
        by.toHigh = 0;
        by.toLow = Addresses.ipv4(frame.int32(at + 16));
        int fragment = frame.u16(at + 6);
        int protocol = frame.u8(at + 9);
        if ((fragment & 0x3fff) != 0) {
            by.identification = frame.u16(at + 4);
            fragment(frame, at + header, total - header, (fragment & 0x1fff) << 3, (fragment & 0x2000) != 0, protocol);
            return;
        }
        transport(frame, at + header, total - header, protocol);
    }

    private void ipv6(Frame frame, int at, int length) {
        if (length < 40) {
            malformed.report(frame, "an IPv6 packet of less than 40 bytes");
            return;
        }
        if (!headers(frame, at + 40)) {
            return;
        }
        int payload = frame.u16(at + 4);
        int room = length - 40;
        if (payload == 0) {
            // A jumbogram (RFC 2675), or left to the network card to fill in.
            payload = room;
        } else if (payload > room) {
            malformed.report(frame, "an IPv6 payload length beyond the end of its frame");
            payload = room;
        }
        by.fromHigh = frame.int64(at + 8);
        by.fromLow = frame.int64(at + 16);
        by.toHigh = frame.int64(at + 24);
        by.toLow = frame.int64(at + 32);
        extensions(frame, at + 40, payload, frame.u8(at + 6));
    }

    private void extensions(Frame frame, int start, int length, int first) {
        int at = start;
        int left = length;
        int next = first;
        while (true) {
            int size;
            switch (next) {
                case HOP_BY_HOP, ROUTING, DESTINATION, MOBILITY, HIP, SHIM6 -> {
                    if (!extension(frame, at, left)) {
                        return;
                    }
                    size = frame.u8(at + 1) + 1 << 3;
                }
                case AUTHENTICATION -> {
                    if (!extension(frame, at, left)) {
                        return;
                    }
                    size = frame.u8(at + 1) + 2 << 2;
                }
                case FRAGMENT -> {
                    if (!extension(frame, at, left)) {
                        return;
                    }
                    int field = frame.u16(at + 2);
                    if ((field & ~6) != 0) {
                        by.identification = frame.int32(at + 4);
                        fragment(frame, at + 8, left - 8, field & 0xfff8, (field & 1) != 0, frame.u8(at));
                        return;
                    }
                    size = 8;
                }
                default -> {
                    transport(frame, at, left, next);
                    return;
                }
            }
            if (size > left) {
                malformed.report(frame, "an IPv6 extension header beyond the end of its packet");
                return;
            }
            next = frame.u8(at);
            at += size;
            left -= size;
        }
    }

    private boolean extension(Frame frame, int at, int left) {
        if (left < 8) {
            malformed.report(frame, "an IPv6 extension header beyond the end of its packet");
            return false;
        }
        return headers(frame, at + 8);
    }

    private void fragment(Frame frame, int at, int length, int offset, boolean more, int protocol) {
        tally.fragments++;
        headersEnd(frame, at);
        Frame together = fragmentTable.add(frame, at, length, offset, more, protocol, by);
        if (together != null) {
            tally.reassembled++;
            transport(together, 0, together.original, protocol);
        }
    }

    private void transport(Frame frame, int at, int length, int protocol) {
        headersEnd(frame, at);
        switch (protocol) {
            case TCP -> {
                if (segment.read(frame, at, length, malformed)) {
                    headersEnd(frame, segment.start);
                    connections.segment(frame, segment, by);
                }
            }
            case UDP -> datagram(frame, at, length);
            case ICMP -> {
                connections.message(frame, at, length, false, by);
                headersEnd(frame, Math.min(at + ICMP_HEADERS, at + length));
            }
            case ICMPV6 -> {
                connections.message(frame, at, length, true, by);
                headersEnd(frame, Math.min(at + ICMP_HEADERS, at + length));
            }
            case IP_IN_IP, IPV6_IN_IP -> ip(frame, at, length);
            case GRE -> gre(frame, at, length);
            case AUTHENTICATION -> extensions(frame, at, length, protocol);
            default -> {}
        }
    }

    private void datagram(Frame frame, int at, int length) {
        if (length < 8) {
            malformed.report(frame, "a UDP datagram of less than 8 bytes");
            return;
        }
        if (!headers(frame, at + 8)) {
            return;
        }
        int said = frame.u16(at + 4);
        if (said != 0 && (said < 8 || said > length)) {
            malformed.report(frame, "a UDP length that does not fit its packet");
            return;
        }
        int payload = (said == 0 ? length : said) - 8;
        int port = frame.u16(at + 2);
        udp.datagram(frame, at, payload, by);
        if (port == VXLAN_PORT && payload >= 8 && headers(frame, at + 16)) {
            if ((frame.u8(at + 8) & 8) != 0 && ++layers <= MOST_LAYERS) {
                ethernet(frame, at + 16, false);
            }
        } else if (port == GENEVE_PORT && payload >= 8 && headers(frame, at + 16)) {
            int options = (frame.u8(at + 8) & 63) << 2;
            if (frame.u8(at + 8) >>> 6 == 0 && payload >= 8 + options) {
                tunnelled(frame, at + 16 + options, payload - 8 - options, frame.u16(at + 10));
            }
        }
    }

    /** Generic routing encapsulation (RFC 2784, RFC 2890). */
    private void gre(Frame frame, int at, int length) {
        if (length < 4 || !headers(frame, at + 4)) {
            return;
        }
        int flags = frame.u16(at);
        int size =
                4 + ((flags & 0x8000) != 0 ? 4 : 0) + ((flags & 0x2000) != 0 ? 4 : 0) + ((flags & 0x1000) != 0 ? 4 : 0);
        if ((flags & 7) == 0 && length >= size) {
            tunnelled(frame, at + size, length - size, frame.u16(at + 2));
        }
    }

    private void tunnelled(Frame frame, int at, int length, int type) {
        switch (type) {
            case TYPE_IPV4, TYPE_IPV6 -> ip(frame, at, length);
            case TYPE_BRIDGED -> {
                if (++layers <= MOST_LAYERS) {
                    ethernet(frame, at, false);
                }
            }
            default -> {}
        }
    }

    /** Whether the headers up to here are in the capture. */
    private boolean headers(Frame frame, int upTo) {
        if (!frame.has(upTo)) {
            return false;
        }
        headersEnd(frame, upTo);
        return true;
    }

    private void headersEnd(Frame frame, int end) {
        if (frame == whole && end > headersEnd) {
            headersEnd = Math.min(end, frame.captured);
        }
    }
}
