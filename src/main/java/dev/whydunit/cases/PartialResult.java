package dev.whydunit.cases;

import dev.whydunit.expression.Sink;
import dev.whydunit.schema.Names;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlNode.Entry;
import dev.whydunit.yaml.YamlNode.Mapping;
import dev.whydunit.yaml.YamlNode.Scalar;
import dev.whydunit.yaml.YamlReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Results of which a case gives only what matters: what is left out is nothing, zero or empty. */
final class PartialResult {
    /** The values of what is left out, as YAML; they stand where nothing was written. */
    private static final Map<Class<?>, String> NOTHING = Map.of(
            boolean.class, "false",
            int.class, "0",
            long.class, "0",
            double.class, "0",
            Boolean.class, "false",
            Long.class, "0",
            Double.class, "0",
            String.class, "''",
            Duration.class, "0s",
            Instant.class, "1970-01-01T00:00:00Z");

    /** A moment without quotes is a moment also where a value may be anything, as in a row of a table. */
    static final Holes MOMENTS = new Holes() {
        @Override
        public boolean isIn(Scalar scalar) {
            return scalar.plain() && moment(scalar.text()).isPresent();
        }

        @Override
        public Optional<Object> fill(Scalar scalar, Type type, Sink sink, Problems problems) {
            return type == Object.class ? moment(scalar.text()).map(at -> at) : Optional.of(scalar.text());
        }
    };

    private PartialResult() {}

    /** Whether a text is a moment in UTC. */
    static Optional<Instant> moment(String text) {
        if (text.length() < 20 || text.length() > 40 || !text.endsWith("Z") || text.charAt(10) != 'T') {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The node with all that its type needs. */
    static YamlNode complete(YamlNode node, Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return complete(node, argument(type, 0));
        }
        if (raw == List.class && node instanceof YamlNode.Sequence list) {
            Type element = argument(type, 0);
            return new YamlNode.Sequence(
                    list.items().stream().map(item -> complete(item, element)).toList(),
                    list.position(),
                    list.length());
        }
        if (raw == Map.class && node instanceof Mapping map) {
            Type element = argument(type, 1);
            return new Mapping(
                    map.entries().stream()
                            .map(entry -> new Entry(entry.key(), complete(entry.value(), element)))
                            .toList(),
                    map.position(),
                    map.length());
        }
        return raw.isRecord() && node instanceof Mapping map ? completeRecord(map, raw) : node;
    }

    private static Mapping completeRecord(Mapping map, Class<?> type) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : map.entries()) {
            entries.add(component(type, entry.name())
                    .map(known -> new Entry(entry.key(), complete(entry.value(), known.getGenericType())))
                    .orElse(entry));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String key = Names.snake(component.getName());
            if (map.entry(key).isEmpty()) {
                nothing(key, component.getType()).ifPresent(entries::add);
            }
        }
        return new Mapping(entries, map.position(), map.length());
    }

    private static Optional<Entry> nothing(String key, Class<?> type) {
        if (type.isRecord()) {
            return entry(key + ": {}")
                    .map(entry -> new Entry(entry.key(), completeRecord((Mapping) entry.value(), type)));
        }
        if (type.isEnum()) {
            return entry(key + ": " + Names.choice((Enum<?>) type.getEnumConstants()[0]));
        }
        String value = NOTHING.get(type);
        return value == null ? Optional.empty() : entry(key + ": " + value);
    }

    private static Optional<Entry> entry(String yaml) {
        return YamlReader.read("left out", yaml)
                .root()
                .map(root -> ((Mapping) root).entries().getFirst());
    }

    static Optional<RecordComponent> component(Class<?> type, String key) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (Names.snake(component.getName()).equals(key)) {
                return Optional.of(component);
            }
        }
        return Optional.empty();
    }

    /** Notes the fields that are written, as dotted paths through records. */
    static void given(YamlNode node, Class<?> type, String prefix, Set<String> paths) {
        if (!(node instanceof Mapping map)) {
            return;
        }
        for (Entry entry : map.entries()) {
            paths.add(prefix + entry.name());
            component(type, entry.name())
                    .filter(known -> known.getType().isRecord())
                    .ifPresent(known -> given(entry.value(), known.getType(), prefix + entry.name() + ".", paths));
        }
    }

    /**
     * The field that an expression reads and that is not given but has a value all the same; empty when there is none.
     *
     * @param reference such as {@code tcp.retransmission_ratio}
     */
    static Optional<String> takenForGranted(String reference, Class<?> type, Set<String> given) {
        Class<?> at = type;
        StringBuilder path = new StringBuilder();
        for (String part : reference.split("\\.", -1)) {
            Optional<RecordComponent> component = at.isRecord() ? component(at, part) : Optional.empty();
            if (component.isEmpty()) {
                return Optional.empty();
            }
            path.append(path.isEmpty() ? "" : ".").append(part);
            Class<?> raw = component.get().getType();
            if (!given.contains(path.toString()) && !raw.isRecord()) {
                return raw == Optional.class ? Optional.empty() : Optional.of(path.toString());
            }
            at = raw;
        }
        return Optional.empty();
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
