package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rules look at.
 *
 * @param text the file without a byte order mark
 * @param root its YAML
 * @param scalars every text in it that is no key
 * @param runbook absent when it has errors
 */
record Subject(String text, YamlNode root, List<Placed> scalars, Optional<Runbook> runbook, Surroundings surroundings) {

    /** A text with the key that it stands under; of a list's items, the list's key. */
    record Placed(String key, YamlNode.Scalar scalar) {}

    static Subject of(String text, YamlNode root, Optional<Runbook> runbook, Surroundings surroundings) {
        List<Placed> scalars = new ArrayList<>();
        collect("", root, scalars);
        return new Subject(text, root, List.copyOf(scalars), runbook, surroundings);
    }

    private static void collect(String key, YamlNode node, List<Placed> into) {
        switch (node) {
            case YamlNode.Scalar scalar -> into.add(new Placed(key, scalar));
            case YamlNode.Sequence list -> list.items().forEach(item -> collect(key, item, into));
            case YamlNode.Mapping map -> map.entries().forEach(entry -> collect(entry.name(), entry.value(), into));
        }
    }

    /** The node at the end of these keys. */
    Optional<YamlNode> at(String... keys) {
        Optional<YamlNode> node = Optional.of(root);
        for (String key : keys) {
            node = node.flatMap(here -> here instanceof YamlNode.Mapping map ? map.get(key) : Optional.empty());
        }
        return node;
    }

    /** The key at the end of these keys, else the file's first node: where a remark about the whole is shown. */
    YamlNode keyAt(String... keys) {
        String[] above = java.util.Arrays.copyOf(keys, keys.length - 1);
        return at(above)
                .flatMap(node ->
                        node instanceof YamlNode.Mapping map ? map.entry(keys[keys.length - 1]) : Optional.empty())
                .<YamlNode>map(YamlNode.Entry::key)
                .orElse(first());
    }

    private YamlNode first() {
        return root instanceof YamlNode.Mapping map && !map.entries().isEmpty()
                ? map.entries().getFirst().key()
                : root;
    }

    YamlNode keyOf(Step step) {
        return keyAt("steps", step.id());
    }

    YamlNode keyOf(Step step, Finding finding) {
        return keyAt("steps", step.id(), "findings", finding.id());
    }

    /** A parameter of a step. */
    static Optional<YamlNode> parameter(Step step, String name) {
        return step.parameters().written() instanceof YamlNode.Mapping map ? map.get(name) : Optional.empty();
    }

    /** A parameter of a step that is one text. */
    static Optional<YamlNode.Scalar> textOf(Step step, String name) {
        return parameter(step, name)
                .flatMap(node -> node instanceof YamlNode.Scalar scalar ? Optional.of(scalar) : Optional.empty());
    }

    /** A parameter of a step that is a list: its texts. */
    static List<YamlNode.Scalar> textsOf(Step step, String name) {
        List<YamlNode.Scalar> texts = new ArrayList<>();
        if (parameter(step, name).orElse(null) instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlNode.Scalar scalar) {
                    texts.add(scalar);
                }
            }
        }
        return texts;
    }
}
