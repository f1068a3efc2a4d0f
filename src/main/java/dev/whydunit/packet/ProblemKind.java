package dev.whydunit.packet;

import java.util.Locale;

/** What can be wrong on the wire, and how grave one case of it is unless the numbers say otherwise. */
enum ProblemKind {
    SYN_UNANSWERED(Severity.HIGH, "connection attempts unanswered"),
    SYN_REFUSED(Severity.HIGH, "connection attempts refused"),
    SYN_REJECTED(Severity.HIGH, "connection attempts rejected"),
    MTU_BLACK_HOLE(Severity.HIGH, "connections stuck on big segments"),
    HALF_OPEN(Severity.HIGH, "half-open connections"),
    TLS_HANDSHAKE_FAILED(Severity.HIGH, "TLS handshakes failed"),
    CERTIFICATE_EXPIRED(Severity.HIGH, "expired certificates shown"),
    RETRANSMISSIONS(Severity.LOW, "segments retransmitted"),
    ZERO_WINDOW(Severity.MEDIUM, "times a receiver was full"),
    SLOW_SERVER(Severity.MEDIUM, "answers slower than a second"),
    SLOW_HANDSHAKE(Severity.MEDIUM, "handshakes slower than a second"),
    LONG_ROUND_TRIP(Severity.LOW, "conversations with a long round trip"),
    RESETS(Severity.MEDIUM, "connections reset"),
    DNS_UNANSWERED(Severity.HIGH, "DNS questions unanswered"),
    DNS_SERVFAIL(Severity.HIGH, "DNS failures"),
    DNS_REFUSED(Severity.HIGH, "DNS refusals"),
    DNS_NXDOMAIN(Severity.MEDIUM, "names that do not exist"),
    DNS_SLOW(Severity.MEDIUM, "slow DNS answers"),
    HTTP_SERVER_ERRORS(Severity.MEDIUM, "HTTP server errors"),
    DATABASE_ERRORS(Severity.MEDIUM, "database errors"),
    ICMP_UNREACHABLE(Severity.MEDIUM, "packets unreachable"),
    FRAGMENTATION_NEEDED(Severity.MEDIUM, "packets too big for a link"),
    TIME_EXCEEDED(Severity.LOW, "packets whose time to live was used up"),
    ARP_DUPLICATE(Severity.HIGH, "conflicting claims of an address"),
    ARP_UNANSWERED(Severity.MEDIUM, "requests for an address unanswered"),
    DHCP_UNANSWERED(Severity.MEDIUM, "DHCP clients unanswered"),
    DHCP_NAK(Severity.MEDIUM, "DHCP requests refused"),
    BROADCAST_STORM(Severity.HIGH, "broadcasts"),
    OUT_OF_ORDER(Severity.LOW, "segments out of order"),
    WINDOW_FULL(Severity.LOW, "times a window was filled"),
    CAPTURE_DROPS(Severity.LOW, "packets missing from the capture"),
    MALFORMED(Severity.LOW, "malformed packets");

    /** How grave a problem is; the gravest first. */
    enum Severity {
        HIGH,
        MEDIUM,
        LOW;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    final Severity severity;
    /** What the count counts, for "and 4 more". */
    final String counted;

    ProblemKind(Severity severity, String counted) {
        this.severity = severity;
        this.counted = counted;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
