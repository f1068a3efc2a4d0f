package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges readings. */
public final class Verdicts {
    private static final double ROUNDING = 1e-9;

    private Verdicts() {}

    /**
     * The verdict: the deepest node that is reached by following children with at least {@code concludeAt}, each with two
     * findings of different groups in its favour or one conclusive one.
     */
    public static Verdict judge(HypothesisTree tree, List<Reading> readings, double concludeAt) {
        if (symptomAbsent(readings)) {
            return new Verdict.SymptomAbsent();
        }
        Belief belief = Belief.after(tree, readings);
        List<String> path = path(tree, readings, concludeAt);
        List<String> alsoFound = alsoFound(tree, readings, String.join(".", path));
        if (path.isEmpty()) {
            return new Verdict.Inconclusive(alsoFound);
        }
        double probability = belief.probability(String.join(".", path));
        List<String> restsOn = restsOn(tree, readings, concludeAt, path);
        return isLeaf(tree, path)
                ? new Verdict.Concluded(path, probability, restsOn, alsoFound)
                : new Verdict.Narrowed(path, probability, restsOn, alsoFound);
    }

    private static boolean symptomAbsent(List<Reading> readings) {
        List<Outcome> symptoms = readings.stream()
                .filter(reading -> reading.finding().symptom())
                .map(Reading::outcome)
                .toList();
        return symptoms.contains(Outcome.FALSE) && !symptoms.contains(Outcome.TRUE);
    }

    /** The path of the verdict alone; empty when there is none. */
    static List<String> path(HypothesisTree tree, List<Reading> readings, double concludeAt) {
        Belief belief = Belief.after(tree, readings);
        List<String> path = new ArrayList<>();
        List<Cause> level = tree.roots();
        while (true) {
            Optional<Cause> next = level.stream()
                    .filter(cause -> belief.probability(cause.id()) >= concludeAt - ROUNDING)
                    .filter(cause -> supported(tree, readings, cause.id()))
                    .findFirst();
            if (next.isEmpty()) {
                return List.copyOf(path);
            }
            path.add(next.get().id());
            level = next.get().why();
        }
    }

    private static boolean isLeaf(HypothesisTree tree, List<String> path) {
        return tree.leavesUnder(String.join(".", path)).length == 1;
    }

    private static boolean supported(HypothesisTree tree, List<Reading> readings, String id) {
        Set<String> groups = new HashSet<>();
        for (Reading reading : readings) {
            double most = mostPush(tree, reading, tree.pathOf(id));
            if (most > ROUNDING) {
                groups.add(reading.finding().group());
            }
            if (groups.size() >= 2 || most >= Math.log(Strength.CONCLUSIVE.ratio()) - ROUNDING) {
                return true;
            }
        }
        return false;
    }

    private static double mostPush(HypothesisTree tree, Reading reading, String path) {
        Likelihood likelihood = Likelihood.of(tree, reading.finding());
        double most = Double.NEGATIVE_INFINITY;
        for (int leaf : tree.leavesUnder(path)) {
            most = Math.max(most, likelihood.push(leaf, reading.outcome()));
        }
        return most;
    }

    private static double leastPush(HypothesisTree tree, Reading reading, String path) {
        Likelihood likelihood = Likelihood.of(tree, reading.finding());
        double least = Double.POSITIVE_INFINITY;
        for (int leaf : tree.leavesUnder(path)) {
            least = Math.min(least, likelihood.push(leaf, reading.outcome()));
        }
        return least;
    }

    private static List<String> restsOn(
            HypothesisTree tree, List<Reading> readings, double concludeAt, List<String> path) {
        Set<String> groups = new LinkedHashSet<>();
        readings.forEach(reading -> groups.add(reading.finding().group()));
        return groups.stream()
                .filter(group -> !path(
                                tree,
                                readings.stream()
                                        .filter(reading -> !reading.finding().group().equals(group))
                                        .toList(),
                                concludeAt)
                        .equals(path))
                .toList();
    }

    private static List<String> alsoFound(HypothesisTree tree, List<Reading> readings, String verdict) {
        List<String> found = new ArrayList<>();
        for (String path : tree.paths()) {
            boolean related = (verdict + ".").startsWith(path + ".") || (path + ".").startsWith(verdict + ".");
            boolean covered = found.stream().anyMatch(above -> path.startsWith(above + "."));
            if (isOther(path) || (!verdict.isEmpty() && related) || covered) {
                continue;
            }
            boolean strong = readings.stream()
                    .anyMatch(reading -> leastPush(tree, reading, path) >= Math.log(Strength.STRONG.ratio()) - ROUNDING);
            boolean against = readings.stream().anyMatch(reading -> leastPush(tree, reading, path) < -ROUNDING);
            if (strong && !against) {
                found.add(path);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isOther(String path) {
        return path.equals("other") || path.endsWith(".other");
    }

    /** The pairs of leaf hypotheses, by path, that none of these findings can tell apart. */
    public static List<List<String>> indistinguishable(HypothesisTree tree, List<Finding> findings) {
        List<Likelihood> likelihoods =
                findings.stream().map(finding -> Likelihood.of(tree, finding)).toList();
        List<List<String>> pairs = new ArrayList<>();
        for (int a = 0; a < tree.leaves().size(); a++) {
            for (int b = a + 1; b < tree.leaves().size(); b++) {
                String pathA = tree.leaves().get(a).path();
                String pathB = tree.leaves().get(b).path();
                if (!isOther(pathA) && !isOther(pathB) && alike(likelihoods, a, b)) {
                    pairs.add(List.of(pathA, pathB));
                }
            }
        }
        return List.copyOf(pairs);
    }

    private static boolean alike(List<Likelihood> likelihoods, int a, int b) {
        return likelihoods.stream()
                .allMatch(likelihood -> Math.abs(likelihood.probability(a) - likelihood.probability(b)) < ROUNDING);
    }
}
