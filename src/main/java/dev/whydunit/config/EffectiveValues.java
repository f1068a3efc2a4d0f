package dev.whydunit.config;

import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The values of a configuration file for one environment, each with its place. Secrets are references in it, and stay so. */
public final class EffectiveValues {
    private static final String ENVIRONMENTS = "environments";

    private EffectiveValues() {}

    /**
     * A value.
     *
     * @param path its keys, from the outermost; the place in a list in brackets
     * @param text as it is written
     */
    public record Value(List<String> path, String text, Position position) {
        /** Keeps its own copy of the path. */
        public Value {
            path = List.copyOf(path);
        }
    }

    /**
     * Reads a file that was found to be right.
     *
     * @param environment whose values lie over the common ones
     */
    public static List<Value> of(Path file, String environment) throws IOException {
        List<Value> values = new ArrayList<>();
        YamlReader.read(file.toString(), Files.readString(file))
                .root()
                .map(root -> merged(root, environment))
                .ifPresent(root -> collect(root, List.of(), values));
        return List.copyOf(values);
    }

    private static YamlNode merged(YamlNode root, String environment) {
        if (!(root instanceof YamlNode.Mapping mapping)) {
            return root;
        }
        YamlNode.Mapping common = new YamlNode.Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.name().equals(ENVIRONMENTS))
                        .toList(),
                mapping.position(),
                mapping.length());
        return mapping.get(ENVIRONMENTS)
                                        .filter(YamlNode.Mapping.class::isInstance)
                                        .map(YamlNode.Mapping.class::cast)
                                        .flatMap(all -> all.get(environment))
                                        .orElse(common)
                                instanceof YamlNode.Mapping above
                        && above != common
                ? Overlay.merge(common, above)
                : common;
    }

    private static void collect(YamlNode node, List<String> path, List<Value> values) {
        switch (node) {
            case YamlNode.Mapping mapping -> {
                for (YamlNode.Entry entry : mapping.entries()) {
                    collect(entry.value(), with(path, entry.name()), values);
                }
            }
            case YamlNode.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    collect(sequence.items().get(i), with(path, "[" + i + "]"), values);
                }
            }
            case YamlNode.Scalar scalar -> values.add(new Value(path, scalar.text(), scalar.position()));
        }
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
