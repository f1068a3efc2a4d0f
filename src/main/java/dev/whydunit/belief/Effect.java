package dev.whydunit.belief;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one finding says of every node of a tree. With r a leaf's likelihood ratio (its own entry or its nearest named
 * ancestor's, else 1), R = max(1, max r) and s the finding's sensitivity:
 *
 * <pre>
 * P(finding is true | leaf) = s · r / R
 * true:  x = ln r
 * false: x = ln( (1 − s·r/R) / (1 − s/R) )
 * </pre>
 */
final class Effect {
    private final Finding finding;
    private final Map<Node, Double> ratios;
    private final double[] leafRatios;
    private final double greatest;
    private final double[] whenTrue;
    private final double[] whenFalse;

    private Effect(Finding finding, Map<Node, Double> ratios, double[] leafRatios) {
        this.finding = finding;
        this.ratios = ratios;
        this.leafRatios = leafRatios;
        this.greatest = Math.max(1, Arrays.stream(leafRatios).max().orElse(1));
        this.whenTrue = new double[leafRatios.length];
        this.whenFalse = new double[leafRatios.length];
        for (int leaf = 0; leaf < leafRatios.length; leaf++) {
            whenTrue[leaf] = push(leafRatios[leaf], Outcome.TRUE);
            whenFalse[leaf] = push(leafRatios[leaf], Outcome.FALSE);
        }
    }

    /** Worked out once for each finding of a tree. */
    static Effect of(HypothesisTree tree, Finding finding) {
        return tree.effect(finding, () -> workOut(tree, finding));
    }

    private static Effect workOut(HypothesisTree tree, Finding finding) {
        Map<Node, Double> byNode = new LinkedHashMap<>();
        Map<String, Double> given = finding.ratios();
        Map<Node, Double> unordered = new LinkedHashMap<>();
        given.forEach((name, ratio) -> {
            if (unordered.put(tree.node(name), ratio) != null) {
                throw new IllegalArgumentException(
                        "finding '" + finding.id() + "' names '" + tree.pathOf(name) + "' twice, by id and by path");
            }
        });
        double[] leafRatios = new double[tree.leafNodes().size()];
        Arrays.fill(leafRatios, 1);
        // In tree order a parent comes before its children, so that the nearest entry is the one that stays.
        for (Node node : tree.nodes()) {
            Double ratio = unordered.get(node);
            if (ratio != null) {
                byNode.put(node, ratio);
                Arrays.fill(leafRatios, node.firstLeaf(), node.endLeaf(), ratio);
            }
        }
        if (Arrays.stream(leafRatios).distinct().count() == 1) {
            // It treats all leaves alike, so it says nothing; and it must not hide what others of its group say.
            byNode.clear();
            Arrays.fill(leafRatios, 1);
        }
        return new Effect(finding, byNode, leafRatios);
    }

    /** The nodes that it names, in tree order. */
    List<Node> named() {
        return List.copyOf(ratios.keySet());
    }

    /** The likelihood ratio of each leaf. */
    double[] leafRatios() {
        return leafRatios.clone();
    }

    /** How likely it is to be true, were this leaf the cause. */
    double likelihood(int leaf) {
        return finding.shows().probability() * leafRatios[leaf] / greatest;
    }

    /** What an outcome adds to a leaf, in nats. */
    double push(int leaf, Outcome outcome) {
        return switch (outcome) {
            case TRUE -> whenTrue[leaf];
            case FALSE -> whenFalse[leaf];
            case UNKNOWN -> 0;
        };
    }

    /** What an outcome adds to a node by its own entry or its nearest named ancestor's, in nats. */
    double push(Node node, Outcome outcome) {
        for (@Nullable Node at = node; at != null; at = at.parent()) {
            Double ratio = ratios.get(at);
            if (ratio != null) {
                return push(ratio, outcome);
            }
        }
        return 0;
    }

    /** How far it can move any leaf by being true. */
    double strength() {
        return Arrays.stream(leafRatios)
                .map(ratio -> Math.abs(Math.log(ratio)))
                .max()
                .orElse(0);
    }

    private double push(double ratio, Outcome outcome) {
        double shows = finding.shows().probability();
        return switch (outcome) {
            case TRUE -> Math.log(ratio);
            case FALSE -> finding.ignoreFalse() ? 0 : Math.log((1 - shows * ratio / greatest) / (1 - shows / greatest));
            case UNKNOWN -> 0;
        };
    }
}
