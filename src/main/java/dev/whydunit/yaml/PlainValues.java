package dev.whydunit.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes as plain data: texts, numbers, booleans, lists and maps. */
public final class PlainValues {
    private PlainValues() {}

    /** The node's value by YAML 1.2's core schema; a null in a map or list is left out, elsewhere it is an empty text. */
    public static Object of(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar ->
                scalar.isNull() ? "" : scalar.plain() ? ScalarValues.core(scalar.text()) : scalar.text();
            case YamlNode.Sequence list -> {
                List<Object> values = new ArrayList<>();
                list.items().stream().filter(item -> !isNull(item)).forEach(item -> values.add(of(item)));
                yield Collections.unmodifiableList(values);
            }
            case YamlNode.Mapping map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.entries().stream()
                        .filter(entry -> !isNull(entry.value()))
                        .forEach(entry -> values.put(entry.name(), of(entry.value())));
                yield Collections.unmodifiableMap(values);
            }
        };
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
