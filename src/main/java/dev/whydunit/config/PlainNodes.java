package dev.whydunit.config;

import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML as the plain data that expressions read. */
final class PlainNodes {
    private PlainNodes() {}

    static Object of(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(scalar);
            case YamlNode.Sequence sequence -> {
                List<Object> list = new ArrayList<>();
                sequence.items().forEach(item -> list.add(of(item)));
                yield list;
            }
            case YamlNode.Mapping mapping -> map(mapping);
        };
    }

    static Map<String, Object> map(YamlNode.Mapping mapping) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!(entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                map.put(entry.name(), of(entry.value()));
            }
        }
        return map;
    }

    private static Object scalar(YamlNode.Scalar scalar) {
        String text = scalar.text();
        if (!scalar.plain()) {
            return text;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text.matches("-?(0|[1-9][0-9]{0,17})") ? (Object) Long.valueOf(text) : text;
        };
    }
}
