package dev.whydunit.belief;

import java.util.List;

/** What the evidence comes to. */
public sealed interface Verdict {
    /** Paths of nodes outside the verdict's path that strong evidence speaks for and none against. */
    List<String> alsoFound();

    /**
     * One cause.
     *
     * @param path its ids from the top: the chain of whys
     * @param restsOn the groups of findings without any one of which it would not hold; empty when it is robust
     */
    record Concluded(List<String> path, double probability, List<String> restsOn, List<String> alsoFound)
            implements Verdict {}

    /** A branch of the tree, not yet a leaf. As {@link Concluded}. */
    record Narrowed(List<String> path, double probability, List<String> restsOn, List<String> alsoFound)
            implements Verdict {}

    /** No cause stands out. */
    record Inconclusive(List<String> alsoFound) implements Verdict {}

    /** The problem itself is not there. */
    record SymptomAbsent() implements Verdict {
        @Override
        public List<String> alsoFound() {
            return List.of();
        }
    }
}
