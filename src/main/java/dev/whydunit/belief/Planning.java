package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a step would tell. Heckerman, Breese and Rommelse, "Decision-theoretic troubleshooting" (1995), choose the next test
 * by what it is expected to tell for its cost.
 */
public final class Planning {
    /** The joint outcomes of more findings are too many to add up; the strongest say nearly all. */
    private static final int MOST_FINDINGS = 6;

    private Planning() {}

    /**
     * The expected information gain of reading these findings, in bits: the entropy now less the expected entropy after,
     * over their joint outcomes, the findings taken as independent given the leaf. At least 0.
     */
    public static double gainBits(Belief belief, List<Finding> findings) {
        List<Finding> strongest = strongest(findings);
        if (strongest.isEmpty()) {
            return 0;
        }
        HypothesisTree tree = belief.tree();
        List<Likelihood> likelihoods =
                strongest.stream().map(finding -> Likelihood.of(tree, finding)).toList();
        int leaves = tree.leaves().size();
        double after = 0;
        for (int outcome = 0; outcome < 1 << strongest.size(); outcome++) {
            Pushes pushes = belief.pushes().copy();
            double[] joint = new double[leaves];
            for (int leaf = 0; leaf < leaves; leaf++) {
                joint[leaf] = belief.leaf(leaf);
            }
            for (int f = 0; f < strongest.size(); f++) {
                boolean holds = (outcome >> f & 1) == 1;
                Likelihood likelihood = likelihoods.get(f);
                pushes.add(strongest.get(f).group(), likelihood, holds ? Outcome.TRUE : Outcome.FALSE);
                for (int leaf = 0; leaf < leaves; leaf++) {
                    joint[leaf] *= holds ? likelihood.probability(leaf) : 1 - likelihood.probability(leaf);
                }
            }
            double probability = 0;
            for (double p : joint) {
                probability += p;
            }
            if (probability > 0) {
                after += probability * Belief.entropyBits(pushes.posterior(tree));
            }
        }
        return Math.max(0, belief.entropyBits() - after);
    }

    /**
     * Whether some joint outcome of these findings would make the verdict another one.
     *
     * @param verdict the one that stands now
     */
    public static boolean couldOverturn(Belief belief, Verdict.Concluded verdict, double concludeAt, List<Finding> findings) {
        List<Finding> strongest = strongest(findings);
        for (int outcome = 0; outcome < 1 << strongest.size(); outcome++) {
            List<Reading> readings = new ArrayList<>(belief.readings());
            for (int f = 0; f < strongest.size(); f++) {
                readings.add(new Reading(
                        strongest.get(f), (outcome >> f & 1) == 1 ? Outcome.TRUE : Outcome.FALSE));
            }
            if (!Verdicts.path(belief.tree(), readings, concludeAt).equals(verdict.path())) {
                return true;
            }
        }
        return false;
    }

    private static List<Finding> strongest(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.supports().isEmpty() || !finding.refutes().isEmpty())
                .sorted(Comparator.comparingDouble(Planning::strength).reversed())
                .limit(MOST_FINDINGS)
                .toList();
    }

    private static double strength(Finding finding) {
        return Stream.concat(finding.supports().values().stream(), finding.refutes().values().stream())
                .mapToDouble(Strength::ratio)
                .max()
                .orElse(1);
    }
}
