package dev.whydunit.packet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong on the wire.
 *
 * @param kind what it is, one of the kinds of docs/packets.md, such as {@code retransmissions}
 * @param severity {@code high}, {@code medium} or {@code low}
 * @param count how often it was seen
 * @param says one sentence with the numbers in it
 * @param firstAt the first packet that showed it
 * @param lastAt the last packet that showed it
 * @param conversations the conversations concerned, those that show it most first; at most ten
 */
public record Problem(
        String kind,
        String severity,
        long count,
        String says,
        Optional<Instant> firstAt,
        Optional<Instant> lastAt,
        List<String> conversations) {
    /** Keeps its own copy of the conversations. */
    public Problem {
        conversations = List.copyOf(conversations);
    }
}
