package dev.whydunit.belief;

/** What the model says of a finding, leaf by leaf: for whoever wants to calculate with it or to draw from it. */
public final class Likelihood {
    private Likelihood() {}

    /**
     * How likely the finding is to be true were each leaf the cause: s · r / R.
     *
     * @return in the order of {@link HypothesisTree#leaves()}
     * @throws IllegalArgumentException when the finding names a hypothesis that the tree does not have
     */
    public static double[] ofTrue(HypothesisTree tree, Finding finding) {
        Effect effect = Effect.of(tree, finding);
        double[] likelihoods = new double[tree.leafNodes().size()];
        for (int leaf = 0; leaf < likelihoods.length; leaf++) {
            likelihoods[leaf] = effect.likelihood(leaf);
        }
        return likelihoods;
    }

    /**
     * What an outcome adds to each leaf, in nats.
     *
     * @return in the order of {@link HypothesisTree#leaves()}
     * @throws IllegalArgumentException when the finding names a hypothesis that the tree does not have
     */
    public static double[] pushes(HypothesisTree tree, Finding finding, Outcome outcome) {
        Effect effect = Effect.of(tree, finding);
        double[] pushes = new double[tree.leafNodes().size()];
        for (int leaf = 0; leaf < pushes.length; leaf++) {
            pushes[leaf] = effect.push(leaf, outcome);
        }
        return pushes;
    }
}
