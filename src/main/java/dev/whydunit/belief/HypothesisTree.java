package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of hypotheses with their priors. Every level has one more sibling that nobody writes, <i>other</i>: at the top a
 * cause that the runbook does not know, below a hypothesis another reason for it. Leaves are exclusive and exhaustive.
 * Immutable.
 */
public final class HypothesisTree {
    /** The least probability that a cause is none of those named. */
    public static final double LEAST_OTHER = 0.05;

    private static final String OTHER = "other";

    /**
     * A leaf.
     *
     * @param path its ids from the top, joined with dots
     * @param prior its probability before any evidence
     * @param ancestors the ids of itself and its ancestors that findings can name, the nearest first
     */
    record Leaf(String path, double prior, List<String> ancestors) {}

    private final List<Cause> roots;
    private final double otherCause;
    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<String, int[]> leavesByPath = new LinkedHashMap<>();
    private final Map<String, String> pathById = new LinkedHashMap<>();

    private HypothesisTree(List<Cause> roots, double otherCause) {
        this.roots = roots;
        this.otherCause = otherCause;
        add("", List.of(), roots, 1, otherCause);
    }

    /**
     * A tree.
     *
     * @param otherCause the prior of a cause that is not in it, from 0.05 to below 1
     * @throws IllegalArgumentException when an id comes twice, is {@code other}, or the prior is out of range
     */
    public static HypothesisTree of(List<Cause> roots, double otherCause) {
        if (!(otherCause >= LEAST_OTHER) || otherCause >= 1) {
            throw new IllegalArgumentException(
                    "other_cause is " + otherCause + "; it must be from " + LEAST_OTHER + " to below 1");
        }
        return new HypothesisTree(List.copyOf(roots), otherCause);
    }

    /** The tree with each hypothesis' weight raised by how often it was confirmed (Dirichlet update). */
    public HypothesisTree withConfirmed(Map<String, Integer> confirmed) {
        return of(raised(roots, confirmed), otherCause);
    }

    private static List<Cause> raised(List<Cause> causes, Map<String, Integer> confirmed) {
        return causes.stream()
                .map(cause -> new Cause(
                        cause.id(),
                        cause.weight() + confirmed.getOrDefault(cause.id(), 0),
                        raised(cause.why(), confirmed)))
                .toList();
    }

    private void add(String parent, List<String> above, List<Cause> causes, double prior, double other) {
        double total = causes.stream().mapToDouble(Cause::weight).sum();
        for (Cause cause : causes) {
            if (cause.id().equals(OTHER) || pathById.containsKey(cause.id())) {
                throw new IllegalArgumentException("hypothesis id " + cause.id() + " is taken");
            }
            String path = parent + cause.id();
            double own = causes.isEmpty() ? 0 : prior * (1 - other) * cause.weight() / total;
            List<String> names = new ArrayList<>();
            names.add(cause.id());
            names.addAll(above);
            pathById.put(cause.id(), path);
            int from = leaves.size();
            leavesByPath.put(path, new int[0]);
            if (cause.why().isEmpty()) {
                leaves.add(new Leaf(path, own, List.copyOf(names)));
            } else {
                double weights = cause.why().stream().mapToDouble(Cause::weight).sum();
                add(path + ".", names, cause.why(), own, 1 / (weights + 1));
            }
            leavesByPath.put(path, range(from, leaves.size()));
        }
        leaves.add(new Leaf(parent + OTHER, causes.isEmpty() ? prior : prior * other, above));
        leavesByPath.put(parent + OTHER, range(leaves.size() - 1, leaves.size()));
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        Arrays.setAll(range, i -> from + i);
        return range;
    }

    /** Every node's path in the order of the tree, the implicit ones after their siblings. */
    public List<String> paths() {
        return List.copyOf(leavesByPath.keySet());
    }

    /**
     * The path of a hypothesis by its bare id, or of a node by its path.
     *
     * @throws IllegalArgumentException when the tree has no such node
     */
    public String pathOf(String pathOrId) {
        if (leavesByPath.containsKey(pathOrId)) {
            return pathOrId;
        }
        String path = pathById.get(pathOrId);
        if (path == null) {
            throw new IllegalArgumentException("no hypothesis " + pathOrId);
        }
        return path;
    }

    List<Cause> roots() {
        return roots;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    int[] leavesUnder(String path) {
        int[] under = leavesByPath.get(path);
        if (under == null) {
            throw new IllegalArgumentException("no node " + path);
        }
        return under;
    }
}
