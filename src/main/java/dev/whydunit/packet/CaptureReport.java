package dev.whydunit.packet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a capture shows, in total and per conversation. The rule of each count, its RFC and where it differs from Wireshark's
 * is in docs/packets.md.
 *
 * @param schemaVersion the version of this shape
 * @param packets packets read
 * @param bytes their bytes on the wire
 * @param capturedBytes their bytes in the capture
 * @param malformed packets whose lengths or headers contradict themselves
 * @param firstMalformed where the first of them is and what is wrong with it
 * @param dropped packets that the capture's own statistics say were lost before they were written
 * @param firstAt the earliest packet; empty when there is none
 * @param lastAt the latest packet; empty when there is none
 * @param seconds from the earliest to the latest packet
 * @param linkTypes link types of the interfaces that packets came from
 * @param tcp TCP in total
 * @param udp UDP in total
 * @param icmp errors of ICMP and ICMPv6
 * @param arp address resolution
 * @param dns name resolution on port 53
 * @param tls TLS as far as it is not encrypted
 * @param http HTTP/1
 * @param dhcp DHCP messages
 * @param databases errors of database servers on their usual ports
 * @param broadcast broadcast and multicast frames
 * @param fragments fragments of IP datagrams
 * @param talkers the addresses that sent most bytes, most first
 * @param overTime bytes and packets over time, for a chart
 * @param conversations the conversations with most bytes, most first
 * @param problems what is wrong, the gravest first
 * @param notes what the reader of the numbers must know: limits reached, a file cut short, conversations merged
 */
public record CaptureReport(
        int schemaVersion,
        long packets,
        long bytes,
        long capturedBytes,
        long malformed,
        Optional<String> firstMalformed,
        long dropped,
        Optional<Instant> firstAt,
        Optional<Instant> lastAt,
        double seconds,
        List<String> linkTypes,
        Tcp tcp,
        Udp udp,
        Icmp icmp,
        Arp arp,
        Dns dns,
        Tls tls,
        Http http,
        Dhcp dhcp,
        Databases databases,
        Broadcast broadcast,
        Fragments fragments,
        List<Talker> talkers,
        OverTime overTime,
        List<Conversation> conversations,
        List<Problem> problems,
        List<String> notes) {

    /** Keeps its own copies of the lists. */
    public CaptureReport {
        linkTypes = List.copyOf(linkTypes);
        talkers = List.copyOf(talkers);
        conversations = List.copyOf(conversations);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * TCP in total.
     *
     * @param conversations connections, a port used again by a new connection counted again
     * @param segments TCP segments
     * @param retransmissions segments sent again, the fast and spurious ones included
     * @param fastRetransmissions those that followed duplicate acknowledgements within 20 ms
     * @param spuriousRetransmissions those of data that had been acknowledged
     * @param retransmissionRatio retransmissions / segments; 0 without segments
     * @param duplicateAcks acknowledgements that repeated the one before
     * @param outOfOrder segments that arrived late, but were not sent again
     * @param lostSegments gaps: a segment was missing before one that was seen
     * @param zeroWindows segments that announced a full receiver
     * @param zeroWindowSeconds how long receivers were full, summed
     * @param windowFull segments that filled the receiver's window to the last byte
     * @param keepAlives keep-alive probes
     * @param resets segments with RST
     * @param resetsEstablished connections that were reset after their handshake, before either end had closed
     * @param synUnanswered connections whose SYN nobody answered
     * @param synRefused connections whose SYN was answered by RST
     * @param synRejected connections whose SYN was answered by an ICMP error
     * @param halfOpen connections that one end had and the other no longer knew or no longer answered
     * @param mtuBlackHoles connections in which big segments got lost and small ones did not
     * @param handshakeMillis from the first SYN to the acknowledgement of the SYN/ACK
     * @param rttMillis round-trip times between the place of the capture and the farther end, never of a segment sent
     *     twice (RFC 6298)
     * @param serverThinkMillis from a request's last byte to the first byte of the answer
     */
    public record Tcp(
            long conversations,
            long segments,
            long retransmissions,
            long fastRetransmissions,
            long spuriousRetransmissions,
            double retransmissionRatio,
            long duplicateAcks,
            long outOfOrder,
            long lostSegments,
            long zeroWindows,
            double zeroWindowSeconds,
            long windowFull,
            long keepAlives,
            long resets,
            long resetsEstablished,
            long synUnanswered,
            long synRefused,
            long synRejected,
            long halfOpen,
            long mtuBlackHoles,
            Distribution handshakeMillis,
            Distribution rttMillis,
            Distribution serverThinkMillis) {}

    /**
     * UDP in total.
     *
     * @param conversations pairs of endpoints
     * @param datagrams datagrams
     */
    public record Udp(long conversations, long datagrams) {}

    /**
     * Errors of ICMP and ICMPv6.
     *
     * @param unreachable destination unreachable, by reason
     * @param timeExceeded time to live exceeded in transit, or reassembly time exceeded
     */
    public record Icmp(Unreachable unreachable, long timeExceeded) {}

    /**
     * Destination unreachable, by reason (RFC 792, RFC 1812, RFC 4443).
     *
     * @param port port
     * @param host host or address
     * @param network network, or no route
     * @param protocol protocol
     * @param fragmentationNeeded the packet was too big for a link
     * @param prohibited refused by a filter
     * @param other any other code
     */
    public record Unreachable(
            long port, long host, long network, long protocol, long fragmentationNeeded, long prohibited, long other) {}

    /**
     * Address resolution.
     *
     * @param requests who-has requests, gratuitous ones left out
     * @param replies is-at replies
     * @param unanswered addresses that were asked for and never answered
     * @param duplicateAddresses addresses that more than one network card claimed
     */
    public record Arp(long requests, long replies, long unanswered, long duplicateAddresses) {}

    /**
     * Name resolution on port 53, over UDP and TCP.
     *
     * @param queries query messages
     * @param responses response messages
     * @param nxdomain responses that say that there is no such name
     * @param servfail responses that say that the server failed
     * @param refused responses that refuse
     * @param truncated responses that did not fit
     * @param unanswered questions without any response
     * @param latencyMillis from a question to its response
     * @param byServer the same by server, most queries first; at most 20
     * @param byName the same by name, the slowest or failing first; at most 20
     */
    public record Dns(
            long queries,
            long responses,
            long nxdomain,
            long servfail,
            long refused,
            long truncated,
            long unanswered,
            Distribution latencyMillis,
            List<DnsShare> byServer,
            List<DnsShare> byName) {}

    /**
     * Name resolution by one server or of one name.
     *
     * @param name the server's address or the name asked for
     * @param queries query messages
     * @param errors responses other than success
     * @param unanswered questions without any response
     * @param latencyMillis from a question to its response
     */
    public record DnsShare(String name, long queries, long errors, long unanswered, Distribution latencyMillis) {}

    /**
     * TLS as far as it is not encrypted.
     *
     * @param clientHellos ClientHello messages
     * @param serverHellos ServerHello messages
     * @param alerts alerts sent in the clear, by name
     * @param handshakeFailures connections with a ClientHello that ended by a fatal alert, also one that TLS 1.3 encrypts, or
     *     without any protected record
     * @param versions negotiated versions, by name
     * @param serverNames names that clients asked for, with their counts; at most 50
     * @param certificates certificates seen in the clear; at most 50
     */
    public record Tls(
            long clientHellos,
            long serverHellos,
            Map<String, Long> alerts,
            long handshakeFailures,
            Map<String, Long> versions,
            Map<String, Long> serverNames,
            List<Certificate> certificates) {}

    /**
     * A server's certificate.
     *
     * @param server who showed it, address and port
     * @param notAfter when it ends
     * @param daysLeft days from the packet that showed it to its end; negative when it had ended
     */
    public record Certificate(String server, Instant notAfter, long daysLeft) {}

    /**
     * HTTP/1.
     *
     * @param requests requests
     * @param responses responses by class, every class from {@code 1xx} to {@code 5xx} present
     * @param latencyMillis from a request's first byte to the first byte of its response
     * @param unanswered requests without a response
     * @param slowest paths by their slowest response; at most 20
     */
    public record Http(
            long requests,
            Map<String, Long> responses,
            Distribution latencyMillis,
            long unanswered,
            List<HttpPath> slowest) {}

    /**
     * Requests of one path.
     *
     * @param path method and path, without the query
     * @param requests requests that were answered
     * @param errors responses of class 5xx
     * @param latencyMillis from request to response
     */
    public record HttpPath(String path, long requests, long errors, Distribution latencyMillis) {}

    /**
     * DHCP messages (RFC 2132, option 53).
     *
     * @param messages counts by type, such as {@code discover}
     * @param unanswered clients that asked and got neither offer nor acknowledgement
     */
    public record Dhcp(Map<String, Long> messages, long unanswered) {}

    /**
     * Errors that database servers sent from their usual ports.
     *
     * @param postgresql by SQLSTATE
     * @param mysql by error number
     * @param redis by the error's first word
     */
    public record Databases(Map<String, Long> postgresql, Map<String, Long> mysql, Map<String, Long> redis) {}

    /**
     * Broadcast and multicast frames.
     *
     * @param packets broadcast frames
     * @param multicast multicast frames
     * @param peakPerSecond the most broadcast and multicast frames within one second of the capture
     */
    public record Broadcast(long packets, long multicast, long peakPerSecond) {}

    /**
     * Fragments of IP datagrams.
     *
     * @param seen fragments
     * @param reassembled datagrams put together
     * @param overlapping fragments that overlapped others
     */
    public record Fragments(long seen, long reassembled, long overlapping) {}

    /**
     * An address that sends.
     *
     * @param address IP address
     * @param packets packets of TCP and UDP that it sent
     * @param bytes their bytes on the wire
     */
    public record Talker(String address, long packets, long bytes) {}

    /**
     * Traffic over time, in slots of equal length.
     *
     * @param from the beginning of the first slot; empty without packets
     * @param slotSeconds the length of a slot
     * @param bytes bytes on the wire in each slot
     * @param packets packets in each slot
     */
    public record OverTime(Optional<Instant> from, double slotSeconds, List<Long> bytes, List<Long> packets) {}
}
