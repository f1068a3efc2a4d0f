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
    private final Connections connections;
    private final Segments segments;
    private final FrameTally tally = new FrameTally();
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
    private final FlowTable<Flow> udpFlows;
    private final Decoder decoder;
    private final Frame frame;

    private Optional<String> broken = Optional.empty();
    private long packets;
    private long bytes;
    private long capturedBytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /**
     * @param connections what follows connections
     * @param segments where what belongs to connections goes: the same, or what hands it on to them
     */
    Observer(PacketReader reader, Limits limits, long seed, Connections connections, Segments segments) {
        this.reader = reader;
        this.connections = connections;
        this.segments = segments;
        conversations = new ConversationList(limits.listedConversations());
        udpFlows = new FlowTable<>(Flow.class, limits.liveConversations(), seed, Flow::new, flow -> {
            talkers.add(flow);
            conversations.add(flow);
        });
        frame = new Frame();
        FragmentTable fragments = new FragmentTable(new Frame(), tally, malformed);
        decoder = new Decoder(
                tally, malformed, segments, new UdpTracker(tally, udpFlows, dns, dhcp), arp, fragments, frame);
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

    /** The capture cannot be followed any further. */
    void broken(String why) {
        broken = Optional.of(why);
    }

    CaptureReport report(List<String> notes) throws IOException {
        List<String> said = new ArrayList<>(notes);
        Ending ending = new Ending(first, last);
        segments.end(ending);
        udpFlows.close();
        dns.end(ending);
        CaptureReport.Arp arpReport = arp.report();
        CaptureReport.Dhcp dhcpReport = dhcp.report();
        if (segments instanceof Handover handover) {
            handover.await();
        }
        malformed.merge(connections.malformed);
        broken.ifPresent(malformed::broken);
        problems.merge(connections.problems);
        talkers.merge(connections.talkers);
        conversations.merge(connections.conversations);
        dns.merge(connections.dns);
        long begun = connections.begun() + udpFlows.begun;
        long crowdedOut = connections.crowdedOut() + udpFlows.crowdedOut;
        overall();
        if (crowdedOut > 0) {
            said.add(
                    ("%d conversations were too many to follow at once: the longest idle were closed early, %d in all; they are in"
                                    + " the totals, and one that went on afterwards is counted again")
                            .formatted(begun, crowdedOut));
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
                connections.tcp(),
                new CaptureReport.Udp(udpFlows.begun, tally.datagrams),
                connections.icmp(),
                arpReport,
                dns.report(),
                connections.tls.report(),
                connections.http.report(),
                dhcpReport,
                connections.databases.report(),
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
}
