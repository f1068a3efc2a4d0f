package dev.whydunit.incident;

import java.util.Set;

/**
 * A service of the catalogue.
 *
 * @param tier 1 is the most critical; {@link #UNKNOWN_TIER} when the catalogue does not say
 * @param owner a team; may be empty
 * @param dependsOn the services that it needs
 */
public record Service(String name, int tier, String owner, Set<String> hosts, Set<String> dependsOn) {
    /** Less critical than any tier that somebody gave. */
    public static final int UNKNOWN_TIER = 9;

    /** Keeps its own copies. */
    public Service {
        hosts = Set.copyOf(hosts);
        dependsOn = Set.copyOf(dependsOn);
    }
}
