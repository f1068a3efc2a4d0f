package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in the tree. Its leaves are neighbours in the tree's list of leaves. Not changed once the tree is built. */
final class Node {
    private final @Nullable Node parent;
    private final String path;
    private final double prior;
    private final int firstLeaf;
    private final List<Node> children = new ArrayList<>();
    private int endLeaf;

    Node(@Nullable Node parent, String id, double prior, int firstLeaf) {
        this.parent = parent;
        this.path = parent == null ? id : parent.path + "." + id;
        this.prior = prior;
        this.firstLeaf = firstLeaf;
    }

    @Nullable
    Node parent() {
        return parent;
    }

    String path() {
        return path;
    }

    double prior() {
        return prior;
    }

    List<Node> children() {
        return Collections.unmodifiableList(children);
    }

    /** The index of its first leaf; its own when it is a leaf. */
    int firstLeaf() {
        return firstLeaf;
    }

    /** The index after its last leaf. */
    int endLeaf() {
        return endLeaf;
    }

    boolean isOther() {
        return HypothesisTree.isOther(path);
    }

    /** Whether it is the other node or above it. */
    boolean covers(Node other) {
        // A node that is not a leaf has at least a child and an `other`, so no two nodes have the same leaves.
        return firstLeaf <= other.firstLeaf && other.endLeaf <= endLeaf;
    }

    void add(Node child) {
        children.add(child);
    }

    void endAt(int leaf) {
        endLeaf = leaf;
    }
}
