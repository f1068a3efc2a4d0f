package dev.whydunit.authoring.rules;

import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the rules find in one file, at most {@value #MOST}. Not thread-safe. */
final class Remarks {
    private static final int MOST = 500;

    private final Set<Remark> found = new LinkedHashSet<>();

    void add(String code, Position position, int length, String message, String help, List<Edit> fix) {
        if (found.size() < MOST) {
            found.add(new Remark(new Problem(code, position, length, message, help), fix));
        }
    }

    void add(String code, Position position, int length, String message, String help) {
        add(code, position, length, message, help, List.of());
    }

    void add(String code, YamlNode node, String message, String help) {
        add(code, node.position(), node.length(), message, help);
    }

    void add(String code, YamlNode.Scalar scalar, int offset, int length, String message, String help) {
        add(code, scalar.positionOf(offset), length, message, help);
    }

    List<Remark> all() {
        return new ArrayList<>(found);
    }
}
