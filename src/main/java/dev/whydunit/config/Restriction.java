package dev.whydunit.config;

import java.util.List;

/**
 * Steps that not everybody's investigations may run. It is about a step that fits every list that is not empty.
 *
 * @param startedBy who must have started the investigation: {@code alert}, {@code schedule}, {@code command}, or the least role of a token
 * @param line where it stands
 */
public record Restriction(
        List<NamePattern> kinds,
        List<NamePattern> commands,
        List<NamePattern> hosts,
        List<NamePattern> interfaces,
        List<NamePattern> sources,
        List<String> startedBy,
        String line) {
    /** Keeps its own copies of the lists. */
    public Restriction {
        kinds = List.copyOf(kinds);
        commands = List.copyOf(commands);
        hosts = List.copyOf(hosts);
        interfaces = List.copyOf(interfaces);
        sources = List.copyOf(sources);
        startedBy = List.copyOf(startedBy);
    }
}
