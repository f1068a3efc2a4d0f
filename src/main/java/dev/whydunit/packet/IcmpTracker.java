package dev.whydunit.packet;

/** Errors that routers and hosts report (RFC 792, RFC 1812, RFC 4443), and which connection attempt they answer. */
final class IcmpTracker {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int UNREACHABLE = 3;
    private static final int TIME_EXCEEDED = 11;
    private static final int UNREACHABLE_V6 = 1;
    private static final int TOO_BIG_V6 = 2;
    private static final int TIME_EXCEEDED_V6 = 3;

    /** Why something could not be reached, in words for a sentence. */
    private enum Reason {
        PORT("port unreachable"),
        HOST("host unreachable"),
        NETWORK("network unreachable"),
        PROTOCOL("protocol unreachable"),
        FRAGMENTATION_NEEDED("fragmentation needed"),
        PROHIBITED("administratively prohibited"),
        OTHER("unreachable");

        final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Tally tally;
    private final Malformed malformed;
    private final FlowTable<TcpFlow> flows;
    private final ProblemBook problems;

    IcmpTracker(Tally tally, Malformed malformed, FlowTable<TcpFlow> flows, ProblemBook problems) {
        this.tally = tally;
        this.malformed = malformed;
        this.flows = flows;
        this.problems = problems;
    }

    /** Takes one message. */
    void message(Frame frame, int at, int length, boolean six, Addressed by) {
        if (length < 8) {
            malformed.report(frame, "an ICMP message of less than 8 bytes");
            return;
        }
        if (!frame.has(at + 8)) {
            return;
        }
        int type = frame.u8(at);
        int code = frame.u8(at + 1);
        if (type == (six ? TIME_EXCEEDED_V6 : TIME_EXCEEDED)) {
            tally.timeExceeded++;
            String by1 = Addresses.text(by.fromHigh, by.fromLow);
            String what = quoted(frame, at + 8, six).text();
            problems.add(
                    ProblemKind.TIME_EXCEEDED,
                    1,
                    frame.nanos,
                    frame.nanos,
                    what,
                    () -> by1 + " dropped a packet " + what
                            + " because its time to live was used up: a routing loop, or a traceroute");
        } else if (type == (six ? UNREACHABLE_V6 : UNREACHABLE)) {
            unreachable(frame, at, six, six ? reasonV6(code) : reason(code), by);
        } else if (six && type == TOO_BIG_V6) {
            unreachable(frame, at, true, Reason.FRAGMENTATION_NEEDED, by);
        }
    }

    private static Reason reason(int code) {
        return switch (code) {
            case 0, 6, 11 -> Reason.NETWORK;
            case 1, 7, 8, 12 -> Reason.HOST;
            case 2 -> Reason.PROTOCOL;
            case 3 -> Reason.PORT;
            case 4 -> Reason.FRAGMENTATION_NEEDED;
            case 9, 10, 13 -> Reason.PROHIBITED;
            default -> Reason.OTHER;
        };
    }

    private static Reason reasonV6(int code) {
        return switch (code) {
            case 0, 6 -> Reason.NETWORK;
            case 1, 5 -> Reason.PROHIBITED;
            case 3 -> Reason.HOST;
            case 4 -> Reason.PORT;
            default -> Reason.OTHER;
        };
    }

    private void unreachable(Frame frame, int at, boolean six, Reason reason, Addressed by) {
        switch (reason) {
            case PORT -> tally.unreachablePort++;
            case HOST -> tally.unreachableHost++;
            case NETWORK -> tally.unreachableNetwork++;
            case PROTOCOL -> tally.unreachableProtocol++;
            case FRAGMENTATION_NEEDED -> tally.fragmentationNeeded++;
            case PROHIBITED -> tally.prohibited++;
            case OTHER -> tally.unreachableOther++;
        }
        Quoted quoted = quoted(frame, at + 8, six);
        if (reason != Reason.FRAGMENTATION_NEEDED && quoted.protocol == TCP) {
            TcpFlow flow = flows.find(
                    quoted.fromHigh, quoted.fromLow, quoted.fromPort, quoted.toHigh, quoted.toLow, quoted.toPort);
            if (flow != null && !flow.synAck && flow.synNanos >= 0) {
                flow.rejected = true;
            }
        }
        String router = Addresses.text(by.fromHigh, by.fromLow);
        ProblemKind kind =
                reason == Reason.FRAGMENTATION_NEEDED ? ProblemKind.FRAGMENTATION_NEEDED : ProblemKind.ICMP_UNREACHABLE;
        int nextHopMtu = six ? frame.int32(at + 4) : frame.u16(at + 6);
        problems.add(
                kind,
                1,
                frame.nanos,
                frame.nanos,
                quoted.text(),
                () -> kind == ProblemKind.FRAGMENTATION_NEEDED
                        ? "%s says that a packet %s is too big for the next link, which takes %d bytes"
                                .formatted(router, quoted.text(), nextHopMtu)
                        : "%s answers a packet %s with %s".formatted(router, quoted.text(), reason.words));
    }

    /** The packet that an error quotes, as far as it is there. */
    private record Quoted(
            long fromHigh, long fromLow, long toHigh, long toLow, int protocol, int fromPort, int toPort) {
        String text() {
            if (protocol < 0) {
                return "that is cut short";
            }
            return protocol == TCP || protocol == UDP
                    ? Addresses.text(fromHigh, fromLow, fromPort) + " → " + Addresses.text(toHigh, toLow, toPort)
                    : Addresses.text(fromHigh, fromLow) + " → " + Addresses.text(toHigh, toLow);
        }
    }

    private static Quoted quoted(Frame frame, int at, boolean six) {
        int header = six ? 40 : 20;
        if (!frame.has(at + header)) {
            return new Quoted(0, 0, 0, 0, -1, 0, 0);
        }
        int protocol = frame.u8(at + (six ? 6 : 9));
        int ports = six ? at + header : at + ((frame.u8(at) & 15) << 2);
        boolean known = frame.has(ports + 4);
        int from = known ? frame.u16(ports) : 0;
        int to = known ? frame.u16(ports + 2) : 0;
        return six
                ? new Quoted(
                        frame.int64(at + 8),
                        frame.int64(at + 16),
                        frame.int64(at + 24),
                        frame.int64(at + 32),
                        protocol,
                        from,
                        to)
                : new Quoted(
                        0,
                        Addresses.ipv4(frame.int32(at + 12)),
                        0,
                        Addresses.ipv4(frame.int32(at + 16)),
                        protocol,
                        from,
                        to);
    }
}
