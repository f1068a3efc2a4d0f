package dev.whydunit.config;

import java.time.Duration;
import java.util.List;

/**
 * Steps that change something and may be put to a person. Whatever such a step reaches for must be named here; an empty list of commands,
 * sources, interfaces or channels names none, an empty list of kinds, hosts or starters any.
 *
 * @param startedBy as in {@link Restriction}
 * @param approvers the least role that may allow it
 * @param expires how long a person is waited for, and how long the answer is good
 * @param line where it stands
 */
public record WriteGrant(
        List<NamePattern> kinds,
        List<NamePattern> commands,
        List<NamePattern> hosts,
        List<NamePattern> interfaces,
        List<NamePattern> sources,
        List<NamePattern> channels,
        List<String> startedBy,
        String approvers,
        Duration expires,
        String line) {
    /** Keeps its own copies of the lists. */
    public WriteGrant {
        kinds = List.copyOf(kinds);
        commands = List.copyOf(commands);
        hosts = List.copyOf(hosts);
        interfaces = List.copyOf(interfaces);
        sources = List.copyOf(sources);
        channels = List.copyOf(channels);
        startedBy = List.copyOf(startedBy);
    }
}
