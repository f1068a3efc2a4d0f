package dev.whydunit.packet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that watches the packets of one capture go by, put together. */
final class Observer {
    private static final double NANOS = 1e9;
    private static final int SCHEMA_VERSION = 1;
    private static final long STORM_PER_SECOND = 1_000;

    private final PacketReader reader;
    private final Tally tally = new Tally();
    private final Malformed malformed = new Malformed();
    private final ProblemBook problems = new ProblemBook();
    private final LinkTypes linkTypes = new LinkTypes();
    private final TrafficOverTime overTime = new TrafficOverTime();
    private final PeakRate broadcastRate = new PeakRate();
    private final Talkers talkers = new Talkers();
    private final ConversationList conversations;
    private final DnsTracker dns = new DnsTracker(malformed, problems);
    private final DhcpTracker dhcp = new DhcpTracker(problems);
    private final ArpTracker arp = new ArpTracker(problems);
    private final TlsTracker tls = new TlsTracker(problems);
    private final HttpTracker http = new HttpTracker(problems);
    private final DatabaseTracker databases = new DatabaseTracker(problems);
    private final TcpCloser closer;
    private final FlowTable<TcpFlow> tcpFlows;
    private final FlowTable<Flow> udpFlows;
    private final Decoder decoder;
    private final Frame frame;

    private long packets;
    private long bytes;
    private long capturedBytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Observer(PacketReader reader, Limits limits, long seed) {
        this.reader = reader;
        conversations = new ConversationList(limits.listedConversations());
        closer = new TcpCloser(tally, problems, tls, http);
        tcpFlows = new FlowTable<>(TcpFlow.class, limits.liveConversations(), seed, TcpFlow::new, flow -> {
            closer.close(flow);
            talkers.add(flow);
            conversations.add(flow);
        });
        udpFlows = new FlowTable<>(Flow.class, limits.liveConversations(), seed, Flow::new, flow -> {
            talkers.add(flow);
            conversations.add(flow);
        });
        frame = new Frame();
        FragmentTable fragments = new FragmentTable(new Frame(), tally, malformed);
        decoder = new Decoder(
                tally,
                malformed,
                new TcpTracker(tally, new Applications(tls, http, dns, databases), tcpFlows, malformed),
                new UdpTracker(tally, udpFlows, dns, dhcp),
                new IcmpTracker(tally, malformed, tcpFlows, problems),
                arp,
                fragments,
                frame);
    }

    /** Takes the packet that the reader stands at. */
    void packet(Optional<PacketFilter> filter, Optional<PacketKeeper> keeper) throws IOException {
        frame.take(reader);
        if (filter.isPresent()) {
            if (!filter.get().accepts(frame.first(frame.captured), frame.original, reader.linkType)) {
                return;
            }
        }
        long nanos = frame.nanos;
        packets++;
        bytes += frame.original;
        capturedBytes += frame.captured;
        first = Math.min(first, nanos);
        last = Math.max(last, nanos);
        linkTypes.add(reader.linkType);
        overTime.add(nanos, frame.original);
        long cast = tally.broadcasts + tally.multicasts;
        decoder.frame(frame, reader.linkType);
        if (tally.broadcasts + tally.multicasts != cast) {
            broadcastRate.add(nanos);
        }
        if (keeper.isPresent()) {
            int wanted = Math.min(keeper.get().wanted(frame.captured, decoder.headersEnd), frame.captured);
            keeper.get().keep(frame.first(wanted), frame.original, nanos, reader.linkType);
        }
    }

    void broken(String why) {
        malformed.broken(why);
    }

    CaptureReport report(List<String> notes) {
        List<String> said = new ArrayList<>(notes);
        Ending ending = new Ending(first, last);
        closer.end(ending);
        tcpFlows.close();
        udpFlows.close();
        CaptureReport.Dns dnsReport = dns.report(ending);
        CaptureReport.Arp arpReport = arp.report();
        CaptureReport.Dhcp dhcpReport = dhcp.report();
        overall();
        if (tcpFlows.crowdedOut + udpFlows.crowdedOut > 0) {
            said.add(
                    ("%d conversations were too many to follow at once: the longest idle were closed early, %d in all; they are in"
                                    + " the totals, and one that went on afterwards is counted again")
                            .formatted(tcpFlows.begun + udpFlows.begun, tcpFlows.crowdedOut + udpFlows.crowdedOut));
        }
        if (conversations.left() > 0) {
            said.add("%d conversations are in the totals and not in the list".formatted(conversations.left()));
        }
        if (talkers.full()) {
            said.add("there are more addresses than are ranked as talkers");
        }
        return new CaptureReport(
                SCHEMA_VERSION,
                packets,
                bytes,
                capturedBytes,
                malformed.count(),
                malformed.first(),
                reader.dropped,
                packets == 0 ? Optional.empty() : Optional.of(Times.instant(first)),
                packets == 0 ? Optional.empty() : Optional.of(Times.instant(last)),
                packets == 0 ? 0 : (last - first) / NANOS,
                linkTypes.names(),
                tcp(),
                new CaptureReport.Udp(udpFlows.begun, tally.datagrams),
                new CaptureReport.Icmp(
                        new CaptureReport.Unreachable(
                                tally.unreachablePort,
                                tally.unreachableHost,
                                tally.unreachableNetwork,
                                tally.unreachableProtocol,
                                tally.fragmentationNeeded,
                                tally.prohibited,
                                tally.unreachableOther),
                        tally.timeExceeded),
                arpReport,
                dnsReport,
                tls.report(),
                http.report(),
                dhcpReport,
                databases.report(),
                new CaptureReport.Broadcast(tally.broadcasts, tally.multicasts, broadcastRate.peak()),
                new CaptureReport.Fragments(tally.fragments, tally.reassembled, tally.overlapping),
                talkers.report(),
                overTime.report(),
                conversations.report(),
                problems.list(),
                said);
    }

    /** Problems of the capture as a whole. */
    private void overall() {
        if (malformed.count() > 0) {
            String where = malformed.first().orElse("");
            problems.add(
                    ProblemKind.MALFORMED,
                    malformed.count(),
                    malformed.firstNanos(),
                    malformed.lastNanos(),
                    "capture",
                    () -> "%d packets contradict themselves, the first: %s".formatted(malformed.count(), where));
        }
        if (reader.dropped > 0) {
            problems.add(
                    ProblemKind.CAPTURE_DROPS,
                    reader.dropped,
                    first,
                    last,
                    "capture",
                    () -> "The capture lacks %d packets that were lost before they could be written"
                            .formatted(reader.dropped));
        }
        if (broadcastRate.peak() > STORM_PER_SECOND) {
            problems.add(
                    ProblemKind.BROADCAST_STORM,
                    tally.broadcasts + tally.multicasts,
                    first,
                    last,
                    "capture",
                    () -> "Up to %d broadcast and multicast frames within a second".formatted(broadcastRate.peak()));
        }
    }

    private CaptureReport.Tcp tcp() {
        return new CaptureReport.Tcp(
                tcpFlows.begun,
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
                tally.roundTrips.millis(),
                tally.thinks.millis());
    }
}
