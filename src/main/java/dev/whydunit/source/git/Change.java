package dev.whydunit.source.git;

import dev.whydunit.schema.About;
import java.time.Instant;
import java.util.List;

/**
 * One change. Of people it holds nothing: a team at most.
 *
 * @param at when it was committed
 * @param what the commit's subject
 * @param id the beginning of its id
 * @param team from a {@code Team:} trailer; empty when there is none
 * @param files paths that it touched, at most twenty
 */
public record Change(
        @About("When it was made.") Instant at,
        @About("What was changed, in one line.") String what,
        @About("The beginning of its id.") String id,

        @About("The team that made it, from a Team: trailer; empty when there is none.")
        String team,

        @About("Paths that it touched, at most twenty.") List<String> files) {
    /** Keeps its own copy of the list. */
    public Change {
        files = List.copyOf(files);
    }
}
