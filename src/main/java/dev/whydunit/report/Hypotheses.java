package dev.whydunit.report;

import dev.whydunit.belief.HypothesisTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The rows of the tree that are worth a reader's time: the probable first, what lies below the improbable left out. */
final class Hypotheses {
    private static final int MAX_ROWS = 24;

    /** Below this, a node's children are not shown. */
    private static final double WORTH_OPENING = 0.01;

    private final Summary summary;
    private final List<Wording.Row> rows = new ArrayList<>();

    private Hypotheses(Summary summary) {
        this.summary = summary;
        add("", 0);
    }

    /** In tree order, siblings by falling probability. */
    static List<Wording.Row> rows(Summary summary) {
        List<Wording.Row> rows = new Hypotheses(summary).rows;
        return List.copyOf(rows.subList(0, Math.min(MAX_ROWS, rows.size())));
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
                    if (node.getValue() >= WORTH_OPENING) {
                        add(path, depth + 1);
                    }
                });
    }

    private static String parentOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
