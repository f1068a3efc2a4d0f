package dev.whydunit.authoring.rules;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Likelihood;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Strength;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The model of a runbook as plain numbers, for asking what could become of it. Immutable. */
final class Reasoner {
    private static final double ROUNDING = 1e-9;

    private final HypothesisTree tree;
    private final List<String> leaves;
    private final double[] priors;
    private final double concludeAt;
    private final List<Reading> readings = new ArrayList<>();

    /** A finding with what its outcomes add to each leaf. */
    record Reading(Step step, dev.whydunit.runbook.Finding written, Finding finding, double[] yes, double[] no) {
        double push(int leaf, Outcome outcome) {
            return switch (outcome) {
                case TRUE -> yes[leaf];
                case FALSE -> no[leaf];
                case UNKNOWN -> 0;
            };
        }
    }

    Reasoner(Runbook runbook) {
        this.tree = RunbookBelief.tree(runbook);
        this.leaves = tree.leaves();
        this.concludeAt = runbook.concludeAt();
        Belief prior = Belief.prior(tree);
        this.priors = leaves.stream()
                .mapToDouble(leaf -> Math.log(prior.probability(leaf)))
                .toArray();
        for (Step step : runbook.steps().values()) {
            List<Finding> findings = RunbookBelief.findings(step);
            for (int i = 0; i < findings.size(); i++) {
                readings.add(new Reading(
                        step,
                        step.findings().get(i),
                        findings.get(i),
                        Likelihood.pushes(tree, findings.get(i), Outcome.TRUE),
                        Likelihood.pushes(tree, findings.get(i), Outcome.FALSE)));
            }
        }
    }

    HypothesisTree tree() {
        return tree;
    }

    List<String> leaves() {
        return leaves;
    }

    List<Reading> readings() {
        return readings;
    }

    boolean supported(int leaf) {
        return readings.stream().anyMatch(reading -> reading.yes()[leaf] > 0);
    }

    boolean refutable(int leaf) {
        return readings.stream().anyMatch(reading -> reading.yes()[leaf] < 0 || reading.no()[leaf] < 0);
    }

    /**
     * Whether some outcome of the findings makes a leaf the verdict: it reaches the bar, with two findings of different groups in its
     * favour or a conclusive one.
     */
    boolean attainable(int leaf) {
        List<Reading> asked = readings;
        List<Outcome> outcomes = new ArrayList<>();
        asked.forEach(reading -> outcomes.add(best(reading, leaf)));
        if (!enoughInFavour(asked, outcomes, leaf)) {
            return false;
        }
        double reached = probability(asked, outcomes, leaf);
        // Groups count only their strongest, so the outcome that is best alone need not be best among others.
        for (int i = 0; i < asked.size() && reached < concludeAt; i++) {
            for (Outcome outcome : Outcome.values()) {
                Outcome kept = outcomes.set(i, outcome);
                double now = probability(asked, outcomes, leaf);
                if (now > reached && enoughInFavour(asked, outcomes, leaf)) {
                    reached = now;
                } else {
                    outcomes.set(i, kept);
                }
            }
        }
        return reached >= concludeAt;
    }

    /** What alone speaks most for a leaf. */
    private Outcome best(Reading reading, int leaf) {
        Outcome best = Outcome.UNKNOWN;
        double most = 0;
        for (Outcome outcome : List.of(Outcome.TRUE, Outcome.FALSE)) {
            double others = 0;
            for (int other = 0; other < leaves.size(); other++) {
                others += Math.exp(priors[other] + reading.push(other, outcome));
            }
            double gain = reading.push(leaf, outcome) - Math.log(others);
            if (gain > most + ROUNDING) {
                best = outcome;
                most = gain;
            }
        }
        return best;
    }

    private static boolean enoughInFavour(List<Reading> asked, List<Outcome> outcomes, int leaf) {
        Map<String, Boolean> groups = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            double push = asked.get(i).push(leaf, outcomes.get(i));
            if (push >= Math.log(Strength.CONCLUSIVE.ratio()) - ROUNDING) {
                return true;
            }
            if (push > 0) {
                groups.put(asked.get(i).finding().group(), true);
            }
        }
        return groups.size() >= 2;
    }

    private double probability(List<Reading> asked, List<Outcome> outcomes, int leaf) {
        Map<String, double[]> ups = new HashMap<>();
        Map<String, double[]> downs = new HashMap<>();
        int size = leaves.size();
        for (int i = 0; i < asked.size(); i++) {
            String group = asked.get(i).finding().group();
            double[] up = ups.computeIfAbsent(group, name -> new double[size]);
            double[] down = downs.computeIfAbsent(group, name -> new double[size]);
            for (int at = 0; at < size; at++) {
                double push = asked.get(i).push(at, outcomes.get(i));
                up[at] = Math.max(up[at], push);
                down[at] = Math.min(down[at], push);
            }
        }
        double[] logs = priors.clone();
        for (Map<String, double[]> pushes : List.of(ups, downs)) {
            for (double[] push : pushes.values()) {
                for (int at = 0; at < size; at++) {
                    logs[at] += push[at];
                }
            }
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - logs[leaf]);
        }
        return 1 / sum;
    }
}
