package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which step would tell most. Background: Heckerman, Breese and Rommelse, "Decision-theoretic troubleshooting" (1995).
 */
public final class Planning {
    /** How many findings of a step are looked at together; of more, the strongest. */
    public static final int FINDINGS_AT_ONCE = 6;

    private Planning() {}

    /**
     * The expected information gain of a step in bits: H(belief) − Σ over the joint outcomes of its findings P(outcome) ·
     * H(belief after outcome), the findings taken as independent given the leaf, and belief after the outcome combined by
     * groups as {@link Belief} does, together with what earlier steps read in the same groups. Of more than
     * {@value #FINDINGS_AT_ONCE} findings the strongest count.
     *
     * @param findings those of the step
     * @return from 0 to the entropy of the belief
     */
    public static double gainBits(Belief belief, List<Finding> findings) {
        HypothesisTree tree = belief.tree();
        List<Asked> asked = strongest(tree, findings);
        if (asked.isEmpty()) {
            return 0;
        }
        Set<String> groups = new HashSet<>();
        asked.forEach(finding -> groups.add(finding.group()));
        Evidence known = Evidence.of(tree, belief.readings()).closedBut(groups);
        double expected = 0;
        for (int outcomes = 0; outcomes < 1 << asked.size(); outcomes++) {
            Evidence after = known.copy();
            for (int i = 0; i < asked.size(); i++) {
                after.add(asked.get(i).effect(), asked.get(i).group(), outcome(outcomes, i));
            }
            double probability = 0;
            for (int leaf = 0; leaf < tree.leafNodes().size(); leaf++) {
                probability += belief.leaf(leaf) * likelihood(asked, outcomes, leaf);
            }
            expected += probability * Entropy.bits(after.posterior());
        }
        return Math.max(0, belief.entropyBits() - expected);
    }

    /**
     * Whether some joint outcome of these findings would change the verdict: another path, another kind of verdict, or
     * none. Of more than {@value #FINDINGS_AT_ONCE} findings the strongest count. A step that reads the symptom could always
     * overturn it, until the symptom is confirmed.
     *
     * @param verdict what is judged from the belief's readings now
     * @param concludeAt the bar that it was judged with
     */
    public static boolean couldOverturn(Belief belief, Verdict verdict, List<Finding> findings, double concludeAt) {
        HypothesisTree tree = belief.tree();
        boolean symptomConfirmed = belief.readings().stream()
                .anyMatch(reading -> reading.finding().symptom() && reading.outcome() == Outcome.TRUE);
        if (!symptomConfirmed && findings.stream().anyMatch(Finding::symptom)) {
            return true;
        }
        List<Asked> asked = strongest(tree, findings);
        for (int outcomes = 0; outcomes < 1 << asked.size(); outcomes++) {
            List<Reading> readings = new ArrayList<>(belief.readings());
            for (int i = 0; i < asked.size(); i++) {
                readings.add(new Reading(asked.get(i).finding(), outcome(outcomes, i)));
            }
            if (!Verdicts.decide(tree, readings, concludeAt).sameAs(verdict)) {
                return true;
            }
        }
        return false;
    }

    private record Asked(Finding finding, Effect effect) {
        String group() {
            return finding.group();
        }
    }

    /** The findings that say anything, at most {@value #FINDINGS_AT_ONCE}; of equally strong ones the first. */
    private static List<Asked> strongest(HypothesisTree tree, List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Asked(finding, Effect.of(tree, finding)))
                .filter(asked -> asked.effect().strength() > 0)
                .sorted(Comparator.comparingDouble(
                        (Asked asked) -> -asked.effect().strength()))
                .limit(FINDINGS_AT_ONCE)
                .toList();
    }

    private static Outcome outcome(int outcomes, int finding) {
        return (outcomes >> finding & 1) == 1 ? Outcome.TRUE : Outcome.FALSE;
    }

    private static double likelihood(List<Asked> asked, int outcomes, int leaf) {
        double product = 1;
        for (int i = 0; i < asked.size(); i++) {
            double likelihood = asked.get(i).effect().likelihood(leaf);
            product *= outcome(outcomes, i) == Outcome.TRUE ? likelihood : 1 - likelihood;
        }
        return product;
    }
}
