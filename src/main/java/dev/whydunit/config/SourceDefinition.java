package dev.whydunit.config;

import dev.whydunit.yaml.Position;

/**
 * A configured source.
 *
 * @param kind the name of its {@link dev.whydunit.source.SourceKind}
 * @param settings bound to the kind's settings record
 */
public record SourceDefinition(String name, String kind, Record settings, Position position) {}
