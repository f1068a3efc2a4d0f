package dev.whydunit.report;

import dev.whydunit.belief.HypothesisTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of the tree that are worth a reader's time: the probable first, what lies below the improbable left out. */
final class Hypotheses {
    private static final int MAX_ROWS = 24;

    /** Below this, a node's children are not shown. */
    private static final double WORTH_OPENING = 0.01;

    private final Summary summary;
    private final double worthOpening;
    private final List<Wording.Row> rows = new ArrayList<>();

    private Hypotheses(Summary summary, double worthOpening) {
        this.summary = summary;
        this.worthOpening = worthOpening;
        add("", 0);
    }

    /** In tree order, siblings by falling probability. */
    static List<Wording.Row> rows(Summary summary) {
        List<Wording.Row> rows = new Hypotheses(summary, WORTH_OPENING).rows;
        return List.copyOf(rows.subList(0, Math.min(MAX_ROWS, rows.size())));
    }

    /** All of them, in the same order. */
    static List<Wording.Row> all(Summary summary) {
        return List.copyOf(new Hypotheses(summary, 0).rows);
    }

    /**
     * What the screens are about when they are told nothing: the verdict's cause, else the most probable that the runbook names,
     * as deep as one child has at least half of its parent's probability; empty when the runbook names none.
     */
    static Optional<String> leading(Summary summary) {
        if (!summary.verdict().path().isEmpty()) {
            return Optional.of(String.join(".", summary.verdict().path()));
        }
        Optional<String> deepest = Optional.empty();
        for (Optional<String> next = mostProbable(summary, ""); next.isPresent(); ) {
            deepest = next;
            double half = summary.belief().getOrDefault(next.get(), 0.0) / 2;
            next = mostProbable(summary, next.get())
                    .filter(child -> summary.belief().getOrDefault(child, 0.0) >= half);
        }
        return deepest;
    }

    private static Optional<String> mostProbable(Summary summary, String parent) {
        return summary.belief().entrySet().stream()
                .filter(node -> !HypothesisTree.isOther(node.getKey())
                        && parentOf(node.getKey()).equals(parent))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** The paths of the leaves at or below a node, in tree order. */
    static List<String> leaves(Summary summary, String path) {
        return summary.prior().keySet().stream()
                .filter(node -> node.equals(path) || node.startsWith(path + "."))
                .filter(node -> isLeaf(summary, node))
                .toList();
    }

    static boolean isLeaf(Summary summary, String path) {
        return summary.prior().keySet().stream()
                .noneMatch(node -> parentOf(node).equals(path));
    }

    /** Whether any was moved: of priors alone, after an absent symptom, there is nothing to say. */
    static boolean areWorthShowing(Summary summary) {
        return !summary.verdict().status().equals("symptom_absent")
                || summary.evidence().stream().anyMatch(it -> !it.moved().isEmpty());
    }

    /** How many nodes {@link #rows} leaves out. */
    static int leftOut(Summary summary) {
        return summary.belief().size() - rows(summary).size();
    }

    /** The word by which a row is named: its id; of an implicit node, that it is another one. */
    static String name(Wording.Row row) {
        return HypothesisTree.isOther(row.path()) ? "(" + HypothesisTree.OTHER + ")" : Wording.id(row.path());
    }

    private void add(String parent, int depth) {
        summary.belief().entrySet().stream()
                .filter(node -> parentOf(node.getKey()).equals(parent))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(node -> {
                    String path = node.getKey();
                    rows.add(new Wording.Row(path, depth, node.getValue(), Wording.claim(summary, path)));
                    if (node.getValue() >= worthOpening) {
                        add(path, depth + 1);
                    }
                });
    }

    static String parentOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
