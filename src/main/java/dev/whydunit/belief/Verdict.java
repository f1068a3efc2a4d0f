package dev.whydunit.belief;

import java.util.List;
import java.util.Optional;

/** What an investigation says at its end, or would say if it ended now. */
public sealed interface Verdict {

    /**
     * The ids from the top of the tree down to the cause that it names: the chain of whys. Empty when it names none.
     */
    List<String> path();

    /**
     * The groups of findings without any one of which the verdict would be another, sorted. A group is a step's id
     * unless the author named it otherwise.
     */
    List<String> restsOn();

    /**
     * The paths of hypotheses outside the verdict's path that have a strong push up and no push down: contributing
     * factors, in tree order.
     */
    List<String> alsoFound();

    /** Whether it holds without any one of the groups of findings. */
    default boolean robust() {
        return !path().isEmpty() && restsOn().isEmpty();
    }

    /**
     * One cause.
     *
     * @param path ids down to a leaf
     * @param probability of that leaf
     */
    record Concluded(List<String> path, double probability, List<String> restsOn, List<String> alsoFound)
            implements Verdict {
        /** Keeps its own copies of the lists. */
        public Concluded {
            path = List.copyOf(path);
            restsOn = List.copyOf(restsOn);
            alsoFound = List.copyOf(alsoFound);
        }
    }

    /**
     * A branch: the cause is one of those below it, or another reason for it.
     *
     * @param path ids down to a node that is not a leaf
     * @param probability of that node
     */
    record Narrowed(List<String> path, double probability, List<String> restsOn, List<String> alsoFound)
            implements Verdict {
        /** Keeps its own copies of the lists. */
        public Narrowed {
            path = List.copyOf(path);
            restsOn = List.copyOf(restsOn);
            alsoFound = List.copyOf(alsoFound);
        }
    }

    /**
     * No cause.
     *
     * @param unsupported the path of the deepest node that is probable enough but has too little in its favour: two findings of
     *     different groups are needed, or a conclusive one. Empty when none is probable enough
     */
    record Inconclusive(Optional<String> unsupported, List<String> alsoFound) implements Verdict {
        /** Keeps its own copy of the list. */
        public Inconclusive {
            alsoFound = List.copyOf(alsoFound);
        }

        @Override
        public List<String> path() {
            return List.of();
        }

        @Override
        public List<String> restsOn() {
            return List.of();
        }
    }

    /**
     * Nothing is wrong now: findings that would confirm the symptom are false, and none is true.
     *
     * @param findings the ids of those findings, sorted
     */
    record SymptomAbsent(List<String> findings, List<String> alsoFound) implements Verdict {
        /** Keeps its own copies of the lists. */
        public SymptomAbsent {
            findings = List.copyOf(findings);
            alsoFound = List.copyOf(alsoFound);
        }

        @Override
        public List<String> path() {
            return List.of();
        }

        @Override
        public List<String> restsOn() {
            return List.of();
        }
    }

    /** Whether it says the same: the same kind of verdict with the same path. */
    default boolean sameAs(Verdict other) {
        return getClass() == other.getClass() && path().equals(other.path());
    }
}
