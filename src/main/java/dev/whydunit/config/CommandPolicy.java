package dev.whydunit.config;

import dev.whydunit.schema.About;
import java.util.List;

/** Which programs steps may start. */
@About("Which programs steps may start, by the name of the program's file.")
public record CommandPolicy(
        @About(value = "Never these.", example = "[rm, dd, mkfs]")
        List<String> deny,

        @About("Only these; any when it is empty.") List<String> allow) {
    /** Denies nothing. */
    public static final CommandPolicy OPEN = new CommandPolicy(List.of(), List.of());

    /** Keeps its own copies of the lists. */
    public CommandPolicy {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
    }
}
