package dev.whydunit.belief;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one finding says of each leaf. With r = the leaf's ratio, R = max(1, max r) and s = the sensitivity: P(true | leaf) = s·r/R. */
final class Likelihood {
    private final double[] up;
    private final double[] whenTrue;
    private final double[] whenFalse;

    private Likelihood(double[] probability, double[] whenTrue, double[] whenFalse) {
        this.up = probability;
        this.whenTrue = whenTrue;
        this.whenFalse = whenFalse;
    }

    static Likelihood of(HypothesisTree tree, Finding finding) {
        List<HypothesisTree.Leaf> leaves = tree.leaves();
        int n = leaves.size();
        double[] ratio = new double[n];
        double most = 1;
        for (int i = 0; i < n; i++) {
            ratio[i] = ratio(leaves.get(i), finding);
            most = Math.max(most, ratio[i]);
        }
        double s = finding.shows().probability();
        double[] probability = new double[n];
        double[] whenTrue = new double[n];
        double[] whenFalse = new double[n];
        for (int i = 0; i < n; i++) {
            probability[i] = s * ratio[i] / most;
            whenTrue[i] = Math.log(ratio[i]);
            whenFalse[i] = finding.ignoreFalse() ? 0 : Math.log((1 - probability[i]) / (1 - s / most));
        }
        return new Likelihood(probability, whenTrue, whenFalse);
    }

    /** The entry of the nearest named ancestor or the leaf itself; 1 where none is named. */
    private static double ratio(HypothesisTree.Leaf leaf, Finding finding) {
        for (String id : leaf.ancestors()) {
            Optional<Double> ratio = entry(finding.supports(), id)
                    .map(Strength::ratio)
                    .or(() -> entry(finding.refutes(), id).map(strength -> 1 / strength.ratio()));
            if (ratio.isPresent()) {
                return ratio.get();
            }
        }
        return 1;
    }

    private static Optional<Strength> entry(Map<String, Strength> entries, String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** P(finding is true | leaf). */
    double probability(int leaf) {
        return up[leaf];
    }

    /** The push on a leaf in nats, relative to a leaf that the finding does not name. */
    double push(int leaf, Outcome outcome) {
        return switch (outcome) {
            case TRUE -> whenTrue[leaf];
            case FALSE -> whenFalse[leaf];
            case UNKNOWN -> 0;
        };
    }
}
