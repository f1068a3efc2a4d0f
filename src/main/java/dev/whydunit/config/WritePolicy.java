package dev.whydunit.config;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.List;

/** Which steps that change something a server may put to a person, and to whom. */
@About(
        "Steps with effect: write on a server. Denied unless it is said here; each is then approved by a person every time.")
public record WritePolicy(
        @About(
                value = "Programs that may be asked for, by the name of the program's file; none when it is empty.",
                example = "[systemctl]")
        List<String> allow,

        @About(value = "The least role that may approve: responder, author or admin.", example = "admin")
        @Default("responder")
        String approvers,

        @About("How long a person is waited for; after that it is denied.") @Default("10m")
        Duration expires) {
    /** Denies everything. */
    public static final WritePolicy DENY = new WritePolicy(List.of(), "responder", Duration.ofMinutes(10));

    /** Keeps its own copy of the list. */
    public WritePolicy {
        allow = List.copyOf(allow);
        if (!List.of("responder", "author", "admin").contains(approvers)) {
            throw new IllegalArgumentException("approvers is responder, author or admin, not " + approvers);
        }
    }
}
