package dev.whydunit.belief;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The probability of every hypothesis after the evidence so far: P(leaf) ∝ prior · exp(Σ over groups), a naive-Bayes
 * model in which findings of one group count once. Immutable.
 */
public final class Belief {
    private final HypothesisTree tree;
    private final List<Reading> readings;
    private final double[] leaves;

    private Belief(HypothesisTree tree, List<Reading> readings) {
        this.tree = tree;
        this.readings = List.copyOf(readings);
        this.leaves = Evidence.of(tree, this.readings).posterior();
    }

    /** Belief before anything is known. */
    public static Belief prior(HypothesisTree tree) {
        return new Belief(tree, List.of());
    }

    /**
     * Belief after these readings, whose order does not matter.
     *
     * @throws IllegalArgumentException when a finding names a hypothesis that the tree does not have
     */
    public static Belief after(HypothesisTree tree, List<Reading> readings) {
        return new Belief(tree, readings);
    }

    /** The hypotheses that it is about. */
    public HypothesisTree tree() {
        return tree;
    }

    /** The readings that made it. */
    public List<Reading> readings() {
        return readings;
    }

    /**
     * The probability of a node: the sum of its leaves'.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public double probability(String pathOrId) {
        return probability(tree.node(pathOrId));
    }

    /** The probability of every node by its path, in tree order, the implicit {@code other} ones included. */
    public Map<String, Double> byPath() {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (Node node : tree.nodes()) {
            probabilities.put(node.path(), probability(node));
        }
        return Collections.unmodifiableMap(probabilities);
    }

    /** How much is not known: the entropy over the leaves, in bits. */
    public double entropyBits() {
        return Entropy.bits(leaves);
    }

    /**
     * How far an outcome moves each hypothesis that the finding names, in nats (natural logarithm of the likelihood
     * ratio) relative to a hypothesis that it does not name. A value under a node's path holds for all leaves below
     * it that have no nearer entry. Before grouping: the strongest of a group is what counts.
     *
     * @return by path in tree order; what does not move is left out
     */
    public Map<String, Double> moved(Finding finding, Outcome outcome) {
        Effect effect = Effect.of(tree, finding);
        Map<String, Double> moved = new LinkedHashMap<>();
        for (Node node : effect.named()) {
            double push = effect.push(node, outcome);
            if (push != 0) {
                moved.put(node.path(), push);
            }
        }
        return Collections.unmodifiableMap(moved);
    }

    double probability(Node node) {
        double sum = 0;
        for (int leaf = node.firstLeaf(); leaf < node.endLeaf(); leaf++) {
            sum += leaves[leaf];
        }
        return Math.min(1, sum);
    }

    double leaf(int index) {
        return leaves[index];
    }
}
