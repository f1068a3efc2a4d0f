package dev.whydunit.packet;

/** Counts UDP conversations and hands the payload of known ports on. */
final class UdpTracker {
    private static final int DNS_PORT = 53;
    private static final int DHCP_SERVER_PORT = 67;
    private static final int DHCP_CLIENT_PORT = 68;

    private final FrameTally tally;
    private final FlowTable<Flow> flows;
    private final DnsTracker dns;
    private final DhcpTracker dhcp;

    UdpTracker(FrameTally tally, FlowTable<Flow> flows, DnsTracker dns, DhcpTracker dhcp) {
        this.tally = tally;
        this.flows = flows;
        this.dns = dns;
        this.dhcp = dhcp;
    }

    /**
     * Takes a datagram whose header is in the frame.
     *
     * @param payload bytes behind the header, on the wire
     */
    void datagram(Frame frame, int at, int payload, Addressed by) {
        tally.datagrams++;
        int from = frame.u16(at);
        int to = frame.u16(at + 2);
        Flow flow = flows.of(by.fromHigh, by.fromLow, from, by.toHigh, by.toLow, to, frame.nanos);
        int direction = flows.direction;
        flow.count(direction, frame.original, frame.nanos);
        if (payload == 0) {
            return;
        }
        if (from == DNS_PORT || to == DNS_PORT) {
            dns.message(frame, at + 8, payload, flow, direction);
        } else if (from == DHCP_SERVER_PORT || to == DHCP_SERVER_PORT || from == DHCP_CLIENT_PORT) {
            dhcp.message(frame, at + 8, payload);
        }
    }
}
