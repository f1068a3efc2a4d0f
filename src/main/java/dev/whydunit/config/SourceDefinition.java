package dev.whydunit.config;

import dev.whydunit.yaml.Position;
import java.util.Optional;

/**
 * A configured source.
 *
 * @param kind the name of its {@link dev.whydunit.source.SourceKind}
 * @param settings bound to the kind's settings record
 * @param maxAtOnce steps that may use it at the same time, over all nodes of a cluster
 * @param maxPerSecond steps of one process that may begin to use it within a second; empty for as many as there are
 */
public record SourceDefinition(
        String name, String kind, Record settings, int maxAtOnce, Optional<Integer> maxPerSecond, Position position) {
    /** What holds where nothing is said: enough for a few investigations, and no burden to a server of logs or metrics. */
    public static final int AT_ONCE = 16;
}
