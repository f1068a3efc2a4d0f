package dev.whydunit.belief;

import java.util.HashMap;
import java.util.Map;

/** The strongest push up and the strongest push down on each leaf, by group: a group counts each once. */
final class Pushes {
    private record Extremes(double[] up, double[] down) {
        Extremes copy() {
            return new Extremes(up.clone(), down.clone());
        }
    }

    private final int leaves;
    private final Map<String, Extremes> groups = new HashMap<>();

    Pushes(int leaves) {
        this.leaves = leaves;
    }

    Pushes copy() {
        Pushes copy = new Pushes(leaves);
        groups.forEach((group, extremes) -> copy.groups.put(group, extremes.copy()));
        return copy;
    }

    void add(String group, Likelihood likelihood, Outcome outcome) {
        Extremes extremes =
                groups.computeIfAbsent(group, name -> new Extremes(new double[leaves], new double[leaves]));
        for (int i = 0; i < leaves; i++) {
            double push = likelihood.push(i, outcome);
            extremes.up()[i] = Math.max(extremes.up()[i], push);
            extremes.down()[i] = Math.min(extremes.down()[i], push);
        }
    }

    /** The probability of each leaf: prior · exp(sum over groups), in log space. */
    double[] posterior(HypothesisTree tree) {
        double[] log = new double[leaves];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < leaves; i++) {
            log[i] = Math.log(tree.leaves().get(i).prior());
        }
        for (Extremes extremes : groups.values()) {
            for (int i = 0; i < leaves; i++) {
                log[i] += extremes.up()[i] + extremes.down()[i];
            }
        }
        for (double value : log) {
            most = Math.max(most, value);
        }
        double total = 0;
        for (int i = 0; i < leaves; i++) {
            log[i] = Math.exp(log[i] - most);
            total += log[i];
        }
        for (int i = 0; i < leaves; i++) {
            log[i] /= total;
        }
        return log;
    }
}
