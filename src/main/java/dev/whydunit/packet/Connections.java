package dev.whydunit.packet;

/** Everything that watches TCP connections, put together. */
final class Connections implements Segments {
    private static final double NANOS = 1e9;

    private final Tally tally = new Tally();
    private final TcpCloser closer;
    private final FlowTable<TcpFlow> flows;
    private final TcpTracker tcp;
    private final IcmpTracker icmp;

    final Malformed malformed = new Malformed();
    final ProblemBook problems = new ProblemBook();
    final Talkers talkers = new Talkers();
    final ConversationList conversations;
    final DnsTracker dns = new DnsTracker(malformed, problems);
    final TlsTracker tls = new TlsTracker(problems);
    final HttpTracker http = new HttpTracker(problems);
    final DatabaseTracker databases = new DatabaseTracker(problems);

    Connections(Limits limits, long seed) {
        conversations = new ConversationList(limits.listedConversations());
        closer = new TcpCloser(tally, problems, tls, http);
        flows = new FlowTable<>(TcpFlow.class, limits.liveConversations(), seed, TcpFlow::new, flow -> {
            closer.close(flow);
            talkers.add(flow);
            conversations.add(flow);
        });
        tcp = new TcpTracker(tally, new Applications(tls, http, dns, databases), flows);
        icmp = new IcmpTracker(tally, malformed, flows, problems);
    }

    @Override
    public void segment(Frame frame, Segment segment, Addressed by) {
        tcp.segment(frame, segment, by);
    }

    @Override
    public void message(Frame frame, int at, int length, boolean six, Addressed by) {
        icmp.message(frame, at, length, six, by);
    }

    @Override
    public void end(Ending ending) {
        closer.end(ending);
        flows.close();
        dns.end(ending);
    }

    /** Conversations ever begun. */
    long begun() {
        return flows.begun;
    }

    /** Conversations that were closed for want of room. */
    long crowdedOut() {
        return flows.crowdedOut;
    }

    CaptureReport.Tcp tcp() {
        return new CaptureReport.Tcp(
                flows.begun,
                tally.segments,
                tally.retransmissions,
                tally.fast,
                tally.spurious,
                tally.segments == 0 ? 0 : (double) tally.retransmissions / tally.segments,
                tally.duplicateAcks,
                tally.outOfOrder,
                tally.lost,
                tally.zeroWindows,
                tally.zeroNanos / NANOS,
                tally.windowFull,
                tally.keepAlives,
                tally.resets,
                tally.resetsEstablished,
                tally.synUnanswered,
                tally.synRefused,
                tally.synRejected,
                tally.halfOpen,
                tally.mtuBlackHoles,
                tally.handshakes.millis(),
                (tally.roundTrips.isEmpty() ? tally.oneSidedRoundTrips : tally.roundTrips).millis(),
                tally.thinks.millis());
    }

    CaptureReport.Icmp icmp() {
        return new CaptureReport.Icmp(
                new CaptureReport.Unreachable(
                        tally.unreachablePort,
                        tally.unreachableHost,
                        tally.unreachableNetwork,
                        tally.unreachableProtocol,
                        tally.fragmentationNeeded,
                        tally.prohibited,
                        tally.unreachableOther),
                tally.timeExceeded);
    }
}
