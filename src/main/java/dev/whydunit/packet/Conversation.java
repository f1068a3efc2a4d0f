package dev.whydunit.packet;

import java.time.Instant;

/**
 * What two endpoints said to each other over TCP or UDP. Counts are of both directions unless a name says otherwise; those
 * of TCP are zero for UDP. The rules of the counts are in docs/packets.md.
 *
 * @param a who began, address and port
 * @param b who was addressed, address and port
 * @param protocol {@code tcp} or {@code udp}
 * @param packets packets in both directions
 * @param bytes bytes of these on the wire, link headers included
 * @param packetsFromA packets that {@code a} sent
 * @param bytesFromA bytes that {@code a} sent
 * @param firstAt the first packet
 * @param lastAt the last packet
 * @param retransmissions segments sent again, of any kind
 * @param retransmissionsFromA those that {@code a} sent
 * @param fastRetransmissions those that followed duplicate acknowledgements
 * @param spuriousRetransmissions those of data that had been acknowledged
 * @param duplicateAcks acknowledgements that repeated the one before
 * @param outOfOrder segments that arrived late, but were not sent again
 * @param lostSegments gaps: a segment was missing before one that was seen
 * @param zeroWindows segments that announced a full receiver
 * @param zeroWindowSeconds how long a receiver was full, in seconds
 * @param windowFull segments that filled the receiver's window to the last byte
 * @param keepAlives keep-alive probes
 * @param resets segments with RST
 * @param resetBy {@code a}, {@code b} or empty: who sent the first reset
 * @param resetState how far the connection had come when it was first reset, in the words of {@code state}; empty when it was not
 * @param state how far the connection came: {@code syn_sent}, {@code syn_refused}, {@code syn_rejected}, {@code
 *     established}, {@code closed}, {@code reset}, {@code half_open}; empty for UDP
 * @param handshakeMillis from the first SYN to the acknowledgement of the SYN/ACK; 0 when it was not seen
 * @param rttMillis round-trip times between the place of the capture and the farther end
 * @param serverThinkMillis from a request's last byte to the first byte of the answer
 * @param mss the smaller maximum segment size that the ends announced; 0 when none was seen
 * @param bitsPerSecond bytes on the wire over the conversation's duration, times eight; 0 when it has no duration
 */
public record Conversation(
        String a,
        String b,
        String protocol,
        long packets,
        long bytes,
        long packetsFromA,
        long bytesFromA,
        Instant firstAt,
        Instant lastAt,
        long retransmissions,
        long retransmissionsFromA,
        long fastRetransmissions,
        long spuriousRetransmissions,
        long duplicateAcks,
        long outOfOrder,
        long lostSegments,
        long zeroWindows,
        double zeroWindowSeconds,
        long windowFull,
        long keepAlives,
        long resets,
        String resetBy,
        String resetState,
        String state,
        double handshakeMillis,
        Distribution rttMillis,
        Distribution serverThinkMillis,
        int mss,
        double bitsPerSecond) {}
