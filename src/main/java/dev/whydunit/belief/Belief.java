package dev.whydunit.belief;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The probability of every hypothesis, after the evidence so far. Immutable.
 *
 * <p>A naive-Bayes model over the leaves of the tree: P(leaf) ∝ prior · exp(Σ over groups of the strongest push up and the
 * strongest push down), computed in log space.
 */
public final class Belief {
    private static final double LEAST_MOVE = 1e-9;

    private final HypothesisTree tree;
    private final List<Reading> readings;
    private final Pushes pushes;
    private final double[] leaves;

    private Belief(HypothesisTree tree, List<Reading> readings) {
        this.tree = tree;
        this.readings = readings;
        this.pushes = new Pushes(tree.leaves().size());
        for (Reading reading : readings) {
            pushes.add(reading.finding().group(), Likelihood.of(tree, reading.finding()), reading.outcome());
        }
        this.leaves = pushes.posterior(tree);
    }

    /** Before any evidence. */
    public static Belief prior(HypothesisTree tree) {
        return after(tree, List.of());
    }

    /** After these readings; their order does not matter. */
    public static Belief after(HypothesisTree tree, List<Reading> readings) {
        return new Belief(tree, List.copyOf(readings));
    }

    /**
     * The probability of a node: the sum of its leaves'.
     *
     * @param pathOrId its path, or a hypothesis' bare id
     * @throws IllegalArgumentException when the tree has no such node
     */
    public double probability(String pathOrId) {
        double sum = 0;
        for (int leaf : tree.leavesUnder(tree.pathOf(pathOrId))) {
            sum += leaves[leaf];
        }
        return Math.min(1, sum);
    }

    /** The probability of every node, by path, in the order of the tree. */
    public Map<String, Double> byPath() {
        Map<String, Double> all = new LinkedHashMap<>();
        for (String path : tree.paths()) {
            all.put(path, probability(path));
        }
        return all;
    }

    /** The entropy over the leaves, in bits. */
    public double entropyBits() {
        return entropyBits(leaves);
    }

    static double entropyBits(double[] probabilities) {
        double bits = 0;
        for (double p : probabilities) {
            if (p > 0) {
                bits -= p * Math.log(p);
            }
        }
        return Math.max(0, bits / Math.log(2));
    }

    /**
     * How far a finding's outcome pushes each hypothesis, in nats, relative to one that it does not name. A node stands for
     * all below it where they are pushed alike; what is not pushed is left out.
     */
    public Map<String, Double> moved(Finding finding, Outcome outcome) {
        Likelihood likelihood = Likelihood.of(tree, finding);
        Map<String, Double> moved = new LinkedHashMap<>();
        String covered = "";
        for (String path : tree.paths()) {
            if (!covered.isEmpty() && path.startsWith(covered)) {
                continue;
            }
            int[] under = tree.leavesUnder(path);
            double first = likelihood.push(under[0], outcome);
            boolean alike = true;
            for (int leaf : under) {
                alike &= Math.abs(likelihood.push(leaf, outcome) - first) < LEAST_MOVE;
            }
            if (alike) {
                covered = path + ".";
                if (Math.abs(first) >= LEAST_MOVE) {
                    moved.put(path, first);
                }
            }
        }
        return moved;
    }

    HypothesisTree tree() {
        return tree;
    }

    List<Reading> readings() {
        return readings;
    }

    Pushes pushes() {
        return pushes;
    }

    double leaf(int index) {
        return leaves[index];
    }
}
