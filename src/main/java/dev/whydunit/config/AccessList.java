package dev.whydunit.config;

import java.util.List;

/**
 * Names that are allowed and denied.
 *
 * @param allow only these; any when it is empty
 * @param deny never these, whatever {@code allow} says
 */
public record AccessList(List<NamePattern> allow, List<NamePattern> deny) {
    /** Lets everything through. */
    public static final AccessList OPEN = new AccessList(List.of(), List.of());

    /** Keeps its own copies of the lists. */
    public AccessList {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
