package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hypotheses of a runbook with their priors. Every level has one more sibling that nobody writes, {@link #OTHER}:
 * at the top a cause that the runbook does not know, below a hypothesis another reason for it. Leaves, those
 * included, exclude each other and cover everything.
 *
 * <p>Nodes are named by their path, ids joined with dots ({@code database.slow_query}, {@code database.other}). Where
 * a method takes a path it takes a bare id as well, since ids are unique. Immutable.
 */
public final class HypothesisTree {
    /** The id of the hypothesis that every level has without being written. */
    public static final String OTHER = "other";

    /** What {@code other_cause} is when the author says nothing. */
    public static final double DEFAULT_OTHER_CAUSE = 0.25;

    /** What {@code other_cause} must be at least. */
    public static final double LEAST_OTHER_CAUSE = 0.05;

    private static final double OTHER_WEIGHT = 1;

    /** So many findings a runbook never has. */
    private static final int EFFECTS_KEPT = 100_000;

    private final List<Cause> roots;
    private final double otherCause;
    private final Map<String, Integer> otherConfirmed;

    /** Every node by path, in tree order: a parent before its children, {@code other} last of its siblings. */
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private final Map<String, String> pathsById = new HashMap<>();
    private final List<Node> leaves = new ArrayList<>();

    /** What was worked out for findings, which does not change with the tree. */
    private final Map<Finding, Effect> effects = new IdentityHashMap<>();

    private HypothesisTree(List<Cause> roots, double otherCause, Map<String, Integer> otherConfirmed) {
        this.roots = List.copyOf(roots);
        this.otherCause = otherCause;
        this.otherConfirmed = Map.copyOf(otherConfirmed);
        double named = roots.stream().mapToDouble(Cause::weight).sum();
        for (Cause root : this.roots) {
            grow(null, root, (1 - otherCause) * root.weight() / named);
        }
        addLeaf(null, OTHER, this.roots.isEmpty() ? 1 : otherCause);
    }

    /**
     * The tree of these hypotheses.
     *
     * @param roots the top level, in the author's order
     * @param otherCause the probability of a cause that the runbook does not know, from {@value #LEAST_OTHER_CAUSE} to
     *     below 1
     * @throws IllegalArgumentException when an id is there twice or the probability is out of its range
     */
    public static HypothesisTree of(List<Cause> roots, double otherCause) {
        if (!(otherCause >= LEAST_OTHER_CAUSE && otherCause < 1)) {
            throw new IllegalArgumentException(
                    "other_cause " + otherCause + ": must be from " + LEAST_OTHER_CAUSE + " to below 1");
        }
        return new HypothesisTree(roots, otherCause, Map.of());
    }

    /** What a finding says of this tree, worked out when it is first asked for. */
    synchronized Effect effect(Finding finding, Supplier<Effect> workOut) {
        Effect known = effects.get(finding);
        if (known == null) {
            known = workOut.get();
            if (effects.size() < EFFECTS_KEPT) {
                effects.put(finding, known);
            }
        }
        return known;
    }

    /** The paths of all nodes in tree order: a parent before its children, {@code other} last of its siblings. */
    public List<String> paths() {
        return List.copyOf(nodes.keySet());
    }

    /** The paths of the leaves in tree order, implicit ones included. */
    public List<String> leaves() {
        return leaves.stream().map(Node::path).toList();
    }

    /** Whether there is such a node. */
    public boolean contains(String pathOrId) {
        return nodes.containsKey(pathOrId) || pathsById.containsKey(pathOrId);
    }

    /**
     * The full path of a node. {@code other} alone is the one at the top.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public String pathOf(String pathOrId) {
        return node(pathOrId).path();
    }

    /** Whether nothing is below the node. */
    public boolean isLeaf(String pathOrId) {
        return node(pathOrId).children().isEmpty();
    }

    /** The paths of a node's children in order, its {@code other} last; empty for a leaf. */
    public List<String> children(String pathOrId) {
        return node(pathOrId).children().stream().map(Node::path).toList();
    }

    /** The paths of the top level in order, {@code other} last. */
    public List<String> top() {
        return topNodes().stream().map(Node::path).toList();
    }

    /** The path of the node above; empty at the top. */
    public Optional<String> parent(String pathOrId) {
        Node parent = node(pathOrId).parent();
        return parent == null ? Optional.empty() : Optional.of(parent.path());
    }

    /** Whether the path is one of the hypotheses that nobody writes. */
    public static boolean isOther(String path) {
        return path.equals(OTHER) || path.endsWith("." + OTHER);
    }

    /**
     * The tree after engineers confirmed causes: a Dirichlet update with the author's weights as pseudo-counts. A
     * hypothesis of weight w that was confirmed n times, itself or one below it, gets weight w + n. {@code other} learns too:
     * below a hypothesis from its weight 1, at the top from the weight that gives it its probability; that never falls
     * below {@value #LEAST_OTHER_CAUSE}.
     *
     * @param confirmed how often each node was confirmed, by path or id; nodes that this tree does not have (any more)
     *     are ignored
     */
    public HypothesisTree withConfirmed(Map<String, Integer> confirmed) {
        Map<String, Integer> counts = new HashMap<>();
        confirmed.forEach((name, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("confirmed count of '" + name + "' is negative: " + count);
            }
            if (contains(name)) {
                for (Node node = node(name); node != null; node = node.parent()) {
                    counts.merge(node.path(), count, Math::addExact);
                }
            }
        });
        double named = roots.stream().mapToDouble(Cause::weight).sum();
        List<Cause> learned =
                roots.stream().map(root -> learned(root, root.id(), counts)).toList();
        double learnedNamed = learned.stream().mapToDouble(Cause::weight).sum();
        double otherWeight = otherCause / (1 - otherCause) * named + counts.getOrDefault(OTHER, 0);
        double learnedOther =
                roots.isEmpty() ? otherCause : Math.max(LEAST_OTHER_CAUSE, otherWeight / (otherWeight + learnedNamed));
        Map<String, Integer> others = new HashMap<>(otherConfirmed);
        counts.forEach((path, count) -> {
            if (path.endsWith("." + OTHER)) {
                others.merge(path, count, Math::addExact);
            }
        });
        return new HypothesisTree(learned, learnedOther, others);
    }

    Node node(String pathOrId) {
        Node byPath = nodes.get(pathOrId);
        if (byPath != null) {
            return byPath;
        }
        String path = pathsById.get(pathOrId);
        Node byId = path == null ? null : nodes.get(path);
        if (byId == null) {
            throw new IllegalArgumentException(
                    "no hypothesis '" + pathOrId + "'; there are: " + String.join(", ", nodes.keySet()));
        }
        return byId;
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    List<Node> leafNodes() {
        return Collections.unmodifiableList(leaves);
    }

    List<Node> topNodes() {
        return nodes.values().stream().filter(node -> node.parent() == null).toList();
    }

    private static Cause learned(Cause cause, String path, Map<String, Integer> counts) {
        return new Cause(
                cause.id(),
                cause.weight() + counts.getOrDefault(path, 0),
                cause.why().stream()
                        .map(child -> learned(child, path + "." + child.id(), counts))
                        .toList());
    }

    private void grow(@Nullable Node parent, Cause cause, double prior) {
        if (cause.why().isEmpty()) {
            addLeaf(parent, cause.id(), prior);
            return;
        }
        Node node = add(parent, cause.id(), prior);
        double other = OTHER_WEIGHT + otherConfirmed.getOrDefault(node.path() + "." + OTHER, 0);
        double total = other + cause.why().stream().mapToDouble(Cause::weight).sum();
        for (Cause child : cause.why()) {
            grow(node, child, prior * child.weight() / total);
        }
        addLeaf(node, OTHER, prior * other / total);
        node.endAt(leaves.size());
    }

    private void addLeaf(@Nullable Node parent, String id, double prior) {
        Node leaf = add(parent, id, prior);
        leaves.add(leaf);
        leaf.endAt(leaves.size());
    }

    private Node add(@Nullable Node parent, String id, double prior) {
        Node node = new Node(parent, id, prior, leaves.size());
        if (!id.equals(OTHER) && pathsById.put(id, node.path()) != null) {
            throw new IllegalArgumentException(
                    "hypothesis '" + id + "' is there twice: ids are unique in the whole tree");
        }
        nodes.put(node.path(), node);
        if (parent != null) {
            parent.add(node);
        }
        return node;
    }
}
