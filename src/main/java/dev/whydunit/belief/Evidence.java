package dev.whydunit.belief;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pushes of readings, combined. Within a group a leaf takes its strongest push up and its strongest push down,
 * once each; groups add up.
 */
final class Evidence {
    /** For each leaf ln prior, plus what the groups that are closed have added. */
    private final double[] base;

    /** The groups that may still change, sorted by name so that sums do not depend on the order of readings. */
    private final Map<String, Pushes> groups;

    private Evidence(double[] base, Map<String, Pushes> groups) {
        this.base = base;
        this.groups = groups;
    }

    static Evidence of(HypothesisTree tree, List<Reading> readings) {
        double[] priors = tree.leafNodes().stream()
                .mapToDouble(leaf -> Math.log(leaf.prior()))
                .toArray();
        Evidence evidence = new Evidence(priors, new TreeMap<>());
        for (Reading reading : readings) {
            evidence.add(Effect.of(tree, reading.finding()), reading.finding().group(), reading.outcome());
        }
        return evidence;
    }

    /** The same evidence with all groups summed up but these, so that a copy of it is cheap. */
    Evidence closedBut(Set<String> open) {
        double[] sums = base.clone();
        Map<String, Pushes> kept = new TreeMap<>();
        groups.forEach((name, pushes) -> {
            if (open.contains(name)) {
                kept.put(name, pushes);
            } else {
                pushes.addTo(sums);
            }
        });
        return new Evidence(sums, kept);
    }

    /** A copy that may be added to. */
    Evidence copy() {
        Map<String, Pushes> copies = new TreeMap<>();
        groups.forEach((name, pushes) -> copies.put(name, pushes.copy()));
        return new Evidence(base, copies);
    }

    void add(Effect effect, String group, Outcome outcome) {
        groups.computeIfAbsent(group, name -> new Pushes(new double[base.length], new double[base.length]))
                .take(effect, outcome);
    }

    /** P(leaf) ∝ prior · exp(Σ over groups), computed in log space. */
    double[] posterior() {
        double[] logs = base.clone();
        groups.values().forEach(pushes -> pushes.addTo(logs));
        double greatest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            greatest = Math.max(greatest, log);
        }
        double sum = 0;
        for (int leaf = 0; leaf < logs.length; leaf++) {
            logs[leaf] = Math.exp(logs[leaf] - greatest);
            sum += logs[leaf];
        }
        for (int leaf = 0; leaf < logs.length; leaf++) {
            logs[leaf] /= sum;
        }
        return logs;
    }

    private static final class Pushes {
        private final double[] up;
        private final double[] down;

        Pushes(double[] up, double[] down) {
            this.up = up;
            this.down = down;
        }

        void take(Effect effect, Outcome outcome) {
            for (int leaf = 0; leaf < up.length; leaf++) {
                double push = effect.push(leaf, outcome);
                up[leaf] = Math.max(up[leaf], push);
                down[leaf] = Math.min(down[leaf], push);
            }
        }

        void addTo(double[] logs) {
            for (int leaf = 0; leaf < logs.length; leaf++) {
                logs[leaf] += up[leaf] + down[leaf];
            }
        }

        Pushes copy() {
            return new Pushes(up.clone(), down.clone());
        }
    }
}
