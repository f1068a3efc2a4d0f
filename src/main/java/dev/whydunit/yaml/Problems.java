package dev.whydunit.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of a file; past a limit only their number grows. Not thread-safe. */
public final class Problems {
    private static final int MOST = 200;

    private final List<Problem> found = new ArrayList<>();

    /** Adds one. */
    public void add(Problem problem) {
        if (found.size() < MOST && !found.contains(problem)) {
            found.add(problem);
        }
    }

    /** Adds one that a whole node is about. */
    public void add(String code, YamlNode node, String message, String help) {
        add(new Problem(code, node.position(), node.length(), message, help));
    }

    /** Adds one that a part of a text is about. */
    public void add(String code, YamlNode.Scalar scalar, int offset, int length, String message, String help) {
        add(new Problem(code, scalar.positionOf(offset), length, message, help));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many there are. */
    public int size() {
        return found.size();
    }

    /** All of them in the order of the file. */
    public List<Problem> sorted() {
        return found.stream().sorted(Comparator.comparing(Problem::position)).toList();
    }
}
