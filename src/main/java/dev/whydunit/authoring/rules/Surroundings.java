package dev.whydunit.authoring.rules;

import dev.whydunit.config.AccessList;
import dev.whydunit.config.Configuration;
import java.util.Set;

/**
 * What of the configuration rules look at.
 *
 * @param commands which programs steps may start
 * @param hosts the names of the configured hosts; empty when none are
 */
public record Surroundings(AccessList commands, Set<String> hosts) {
    /** Where nothing is configured. */
    public static final Surroundings NONE = new Surroundings(AccessList.OPEN, Set.of());

    /** Keeps its own copy of the names. */
    public Surroundings {
        hosts = Set.copyOf(hosts);
    }

    /** Those of a configuration. */
    public static Surroundings of(Configuration configuration) {
        return new Surroundings(
                configuration.policy().commands(), configuration.hosts().keySet());
    }
}
