package dev.whydunit.simulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a simulation.
 *
 * @param seed of the draws; the same seed gives the same numbers
 * @param draws investigations for each cause
 * @param causes one for each leaf of the tree, the implicit {@code other} ones included, in tree order
 * @param right the share of investigations that name the cause, were causes as frequent as their priors say
 */
public record Simulated(String runbook, long seed, int draws, List<Cause> causes, double right) {
    /** Of an investigation that names no cause. */
    public static final String NONE = "none";

    /** Keeps its own copy of the causes. */
    public Simulated {
        causes = List.copyOf(causes);
    }

    /**
     * What investigations say were this the cause.
     *
     * @param path of the leaf
     * @param prior its probability before anything is known
     * @param seconds on average until the verdict was first clear, or until nothing was left to run; steps one after another
     * @param steps on average until then
     * @param verdicts how often each path was the verdict, or {@value #NONE}; the shares add up to 1
     */
    public record Cause(String path, double prior, double seconds, double steps, Map<String, Double> verdicts) {
        /** Keeps its own copy of the map. */
        public Cause {
            verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        }

        /** How often it was found; of another cause than those written down, how often no verdict, or its parent, was named. */
        public double found() {
            if (!path.endsWith("other")) {
                return verdicts.getOrDefault(path, 0.0);
            }
            int dot = path.lastIndexOf('.');
            return verdicts.getOrDefault(dot < 0 ? NONE : path.substring(0, dot), 0.0);
        }
    }
}
