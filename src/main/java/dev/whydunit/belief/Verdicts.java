package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** When there is a verdict, and what it rests on. */
public final class Verdicts {
    /** What {@code conclude_at} is when the author says nothing. */
    public static final double DEFAULT_CONCLUDE_AT = 0.8;

    /** How many findings of different groups a verdict needs in its favour, unless one is conclusive. */
    private static final int FINDINGS_NEEDED = 2;

    /** Below the rounding of logarithms, above nothing else: a push of just this strength reaches it. */
    private static final double ROUNDING = 1e-9;

    private Verdicts() {}

    /**
     * Two hypotheses that no finding tells apart.
     *
     * @param one the path of the first in tree order
     * @param another the path of the second
     */
    public record Pair(String one, String another) {}

    /**
     * The verdict. It follows the tree downwards while a child has at least the bar, down to the deepest node that has two
     * findings of different groups in its favour, or a conclusive one; an {@code other} node is never a verdict. A
     * finding is in favour of a node when its outcome pushes a leaf of the node up.
     *
     * @param concludeAt the bar, above 0 and below 1; where it is so low that two siblings reach it, the more probable one
     *     is followed
     * @throws IllegalArgumentException when the bar is out of its range or a finding names an unknown hypothesis
     */
    public static Verdict judge(HypothesisTree tree, List<Reading> readings, double concludeAt) {
        Verdict verdict = decide(tree, readings, concludeAt);
        List<String> alsoFound = alsoFound(tree, readings, verdict);
        return switch (verdict) {
            case Verdict.Concluded it ->
                new Verdict.Concluded(it.path(), it.probability(), restsOn(tree, readings, concludeAt, it), alsoFound);
            case Verdict.Narrowed it ->
                new Verdict.Narrowed(it.path(), it.probability(), restsOn(tree, readings, concludeAt, it), alsoFound);
            case Verdict.Inconclusive it -> new Verdict.Inconclusive(it.unsupported(), alsoFound);
            case Verdict.SymptomAbsent it -> new Verdict.SymptomAbsent(it.findings(), alsoFound);
        };
    }

    /**
     * The pairs of hypotheses that no outcome of these findings can tell apart, among the leaves that the author wrote.
     *
     * @param findings all of the runbook, or those of the steps that can still run
     */
    public static List<Pair> indistinguishable(HypothesisTree tree, List<Finding> findings) {
        List<double[]> ratios = findings.stream()
                .map(finding -> Effect.of(tree, finding).leafRatios())
                .toList();
        List<Node> leaves = tree.leafNodes();
        List<Pair> pairs = new ArrayList<>();
        for (int one = 0; one < leaves.size(); one++) {
            for (int another = one + 1; another < leaves.size(); another++) {
                if (!leaves.get(one).isOther() && !leaves.get(another).isOther() && alike(ratios, one, another)) {
                    pairs.add(
                            new Pair(leaves.get(one).path(), leaves.get(another).path()));
                }
            }
        }
        return List.copyOf(pairs);
    }

    /** The verdict's kind, path and probability, without what it rests on and what else was found. */
    static Verdict decide(HypothesisTree tree, List<Reading> readings, double concludeAt) {
        if (!(concludeAt > 0 && concludeAt < 1)) {
            throw new IllegalArgumentException("conclude_at " + concludeAt + ": must be above 0 and below 1");
        }
        List<String> absent = symptomFindings(readings, Outcome.FALSE);
        if (!absent.isEmpty() && symptomFindings(readings, Outcome.TRUE).isEmpty()) {
            return new Verdict.SymptomAbsent(absent, List.of());
        }
        Belief belief = Belief.after(tree, readings);
        Optional<Node> probable = Optional.empty();
        Optional<Node> supported = Optional.empty();
        Optional<Node> next = reaching(belief, tree.topNodes(), concludeAt);
        while (next.isPresent()) {
            probable = next;
            if (hasEnoughInFavour(tree, readings, next.get())) {
                supported = next;
            }
            next = reaching(belief, next.get().children(), concludeAt);
        }
        if (supported.isEmpty()) {
            return new Verdict.Inconclusive(probable.map(Node::path), List.of());
        }
        Node node = supported.get();
        List<String> path = Arrays.asList(node.path().split("\\."));
        return node.children().isEmpty()
                ? new Verdict.Concluded(path, belief.probability(node), List.of(), List.of())
                : new Verdict.Narrowed(path, belief.probability(node), List.of(), List.of());
    }

    private static Optional<Node> reaching(Belief belief, List<Node> siblings, double concludeAt) {
        return siblings.stream()
                .filter(node -> !node.isOther() && belief.probability(node) >= concludeAt)
                .max(Comparator.comparingDouble(belief::probability));
    }

    private static boolean hasEnoughInFavour(HypothesisTree tree, List<Reading> readings, Node node) {
        Set<String> groups = new HashSet<>();
        for (Reading reading : readings) {
            Effect effect = Effect.of(tree, reading.finding());
            double most = 0;
            for (int leaf = node.firstLeaf(); leaf < node.endLeaf(); leaf++) {
                most = Math.max(most, effect.push(leaf, reading.outcome()));
            }
            if (reaches(most, Strength.CONCLUSIVE)) {
                return true;
            }
            if (most > 0) {
                groups.add(reading.finding().group());
            }
        }
        return groups.size() >= FINDINGS_NEEDED;
    }

    private static List<String> restsOn(
            HypothesisTree tree, List<Reading> readings, double concludeAt, Verdict verdict) {
        Set<String> groups = new TreeSet<>();
        readings.forEach(reading -> groups.add(reading.finding().group()));
        return groups.stream()
                .filter(group ->
                        !decide(tree, without(readings, group), concludeAt).sameAs(verdict))
                .toList();
    }

    private static List<Reading> without(List<Reading> readings, String group) {
        return readings.stream()
                .filter(reading -> !reading.finding().group().equals(group))
                .toList();
    }

    private static List<String> alsoFound(HypothesisTree tree, List<Reading> readings, Verdict verdict) {
        Set<Node> pushedUp = new HashSet<>();
        Set<Node> pushedDown = new HashSet<>();
        for (Reading reading : readings) {
            Effect effect = Effect.of(tree, reading.finding());
            for (Node node : effect.named()) {
                if (reaches(effect.push(node, reading.outcome()), Strength.STRONG)) {
                    pushedUp.add(node);
                }
            }
            for (Node node : tree.nodes()) {
                if (effect.push(node, reading.outcome()) < 0) {
                    pushedDown.add(node);
                }
            }
        }
        Optional<Node> cause =
                verdict.path().isEmpty() ? Optional.empty() : Optional.of(tree.node(String.join(".", verdict.path())));
        return tree.nodes().stream()
                .filter(node -> pushedUp.contains(node) && !pushedDown.contains(node) && !node.isOther())
                .filter(node -> cause.isEmpty()
                        || !(node.covers(cause.get()) || cause.get().covers(node)))
                .map(Node::path)
                .toList();
    }

    private static List<String> symptomFindings(List<Reading> readings, Outcome outcome) {
        return readings.stream()
                .filter(reading -> reading.finding().symptom() && reading.outcome() == outcome)
                .map(reading -> reading.finding().id())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean reaches(double push, Strength strength) {
        return push >= Math.log(strength.ratio()) - ROUNDING;
    }

    private static boolean alike(List<double[]> ratios, int one, int another) {
        return ratios.stream().allMatch(ratio -> ratio[one] == ratio[another]);
    }
}
