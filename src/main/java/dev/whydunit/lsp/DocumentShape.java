package dev.whydunit.lsp;

import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Names;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Rest;
import dev.whydunit.yaml.Scalars;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys and values a runbook may have where, from the records that it is bound to. */
final class DocumentShape {
    private final Map<String, KindSignature> kinds;

    DocumentShape(Map<String, KindSignature> kinds) {
        this.kinds = kinds;
    }

    /** The type of the value under these keys; empty where there can be none. */
    Optional<Type> at(List<String> path) {
        Optional<Type> type = Optional.of(RunbookParser.document());
        for (String key : path) {
            type = type.flatMap(known -> below(known, key));
        }
        return type;
    }

    private Optional<Type> below(Type type, String key) {
        if (raw(type).isRecord()) {
            for (RecordComponent component : raw(type).getRecordComponents()) {
                if (Names.snake(component.getName()).equals(key) && !component.isAnnotationPresent(Rest.class)) {
                    return Optional.of(unwrapped(component.getGenericType()));
                }
            }
            return isStep(type) ? Optional.ofNullable(kinds.get(key)).map(KindSignature::parameters) : Optional.empty();
        }
        if (raw(type) == Scalars.class && key.equals("-")) {
            return Optional.of(type);
        }
        if (raw(type) == List.class) {
            Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
            boolean keyed = raw(element) == Keyed.class;
            return keyed == key.equals("-")
                    ? Optional.empty()
                    : Optional.of(keyed ? ((ParameterizedType) element).getActualTypeArguments()[0] : element);
        }
        return raw(type) == Map.class
                ? Optional.of(((ParameterizedType) type).getActualTypeArguments()[1])
                : Optional.empty();
    }

    /** Whether it is a step: the one record that takes a kind as a further key. */
    static boolean isStep(Type type) {
        if (!raw(type).isRecord()) {
            return false;
        }
        for (RecordComponent component : raw(type).getRecordComponents()) {
            if (component.isAnnotationPresent(Rest.class)) {
                return true;
            }
        }
        return false;
    }

    /** The keys that a value of this type may have, with what they mean. */
    Map<String, String> keys(Type type) {
        Map<String, String> keys = new LinkedHashMap<>();
        if (!raw(type).isRecord() || raw(type) == Scalars.class) {
            return keys;
        }
        for (RecordComponent component : raw(type).getRecordComponents()) {
            if (!component.isAnnotationPresent(Rest.class)) {
                keys.put(Names.snake(component.getName()), about(component));
            }
        }
        if (isStep(type)) {
            kinds.values().forEach(kind -> keys.put(kind.name(), kind.about()));
        }
        return keys;
    }

    private static String about(RecordComponent component) {
        About about = component.getAnnotation(About.class);
        if (about == null) {
            return "";
        }
        return about.value() + (about.example().isEmpty() ? "" : "\n\nExample: `" + about.example() + "`");
    }

    /** The fields of a result, with what they mean. */
    static Map<String, String> fields(Class<? extends Record> result) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (RecordComponent component : result.getRecordComponents()) {
            fields.put(Names.snake(component.getName()), about(component));
        }
        return fields;
    }

    /** The words that a value of this type may be; empty when it may be anything. */
    static List<String> choices(Type type) {
        Class<?> raw = raw(type);
        if (raw.isEnum()) {
            return List.of(raw.getEnumConstants()).stream()
                    .map(constant -> Names.choice((Enum<?>) constant))
                    .toList();
        }
        return raw == boolean.class || raw == Boolean.class ? List.of("true", "false") : List.of();
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static Type unwrapped(Type type) {
        return raw(type) == Optional.class ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }
}
