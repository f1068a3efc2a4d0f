package dev.whydunit.step.notify;

import dev.whydunit.schema.About;

/**
 * What became of it.
 *
 * @param seconds from the first attempt on
 */
public record NotifyResult(
        @About("The channel.") String channel,
        @About("Whether the other side took it.") boolean delivered,

        @About("The status of the last answer, HTTP's or SMTP's; 0 when there was none.")
        int status,

        @About("What the other side said last.") String said,
        @About("How often it was tried.") int attempts,
        @About("How long it took, in seconds.") double seconds,
        @About("Who allowed it.") String approvedBy) {}
