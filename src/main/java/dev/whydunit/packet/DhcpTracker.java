package dev.whydunit.packet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** DHCP over IPv4 (RFC 2131): messages by type, and clients that nobody answered. */
final class DhcpTracker {
    private static final List<String> TYPES =
            List.of("", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform");
    private static final int COOKIE = 0x63825363;
    private static final int OPTIONS = 240;
    private static final int MESSAGE_TYPE = 53;
    private static final int MOST_CLIENTS = 10_000;
    private static final int OFFER = 2;
    private static final int ACK = 5;
    private static final int NAK = 6;

    private final ProblemBook problems;
    private final Counts messages = new Counts(TYPES.size());
    /** By transaction id: when it was first asked; -1 when answered. */
    private final Map<Integer, Long> asked = new HashMap<>();

    DhcpTracker(ProblemBook problems) {
        this.problems = problems;
    }

    /** Takes one message. */
    void message(Frame frame, int at, int length) {
        if (length < OPTIONS || !frame.has(at + length) || frame.int32(at + 236) != COOKIE) {
            return;
        }
        int type = type(frame, at + OPTIONS, at + length);
        if (type <= 0 || type >= TYPES.size()) {
            return;
        }
        messages.add(TYPES.get(type));
        int transaction = frame.int32(at + 4);
        if (type == 1 || type == 3) {
            if (asked.size() < MOST_CLIENTS) {
                asked.putIfAbsent(transaction, frame.nanos);
            }
        } else if (type == OFFER || type == ACK || type == NAK) {
            asked.replace(transaction, -1L);
        }
        if (type == NAK) {
            String server = "DHCP transaction %08x".formatted(transaction);
            problems.add(
                    ProblemKind.DHCP_NAK,
                    1,
                    frame.nanos,
                    frame.nanos,
                    server,
                    () -> "A DHCP server refused the address" + " that a client asked for (" + server + ")");
        }
    }

    private static int type(Frame frame, int from, int end) {
        int at = from;
        while (at + 2 <= end) {
            int option = frame.u8(at);
            if (option == 0) {
                at++;
                continue;
            }
            int size = frame.u8(at + 1);
            if (option == 255 || at + 2 + size > end) {
                return -1;
            }
            if (option == MESSAGE_TYPE && size == 1) {
                return frame.u8(at + 2);
            }
            at += 2 + size;
        }
        return -1;
    }

    CaptureReport.Dhcp report() {
        long unanswered = 0;
        for (Map.Entry<Integer, Long> entry : asked.entrySet()) {
            if (entry.getValue() >= 0) {
                unanswered++;
                String what = "DHCP transaction %08x".formatted(entry.getKey());
                problems.add(
                        ProblemKind.DHCP_UNANSWERED,
                        1,
                        entry.getValue(),
                        entry.getValue(),
                        what,
                        () -> "No DHCP server answered a client (" + what + ")");
            }
        }
        return new CaptureReport.Dhcp(messages.map(), unanswered);
    }
}
