package dev.whydunit.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A result record as plain data, as it is journaled and shown: camelCase names, instants in RFC 3339, durations in
 * seconds, enums in lower case, absent values left out, numbers that JSON cannot hold as text.
 */
public final class PlainData {
    private PlainData() {}

    /** The components of a record, and of all records in it, by name. */
    public static Map<String, Object> of(Record value) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Component component : Component.KNOWN.get(value.getClass())) {
            convert(component.read(value)).ifPresent(v -> plain.put(component.name(), v));
        }
        return plain;
    }

    /** A component as it is found once for all: Java makes what reads it anew whenever a class is asked for its components. */
    private record Component(String name, Method accessor) {
        static final ClassValue<List<Component>> KNOWN = new ClassValue<>() {
            @Override
            protected List<Component> computeValue(Class<?> type) {
                return Arrays.stream(type.getRecordComponents())
                        .map(Component::of)
                        .toList();
            }
        };

        private static Component of(RecordComponent component) {
            String name = component.getName();
            component.getAccessor().setAccessible(true);
            return new Component(
                    name.endsWith("_") ? name.substring(0, name.length() - 1) : name, component.getAccessor());
        }

        Object read(Record value) {
            try {
                return accessor.invoke(value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    static Optional<Object> convert(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.flatMap(PlainData::convert);
            case OptionalDouble optional -> optional.isPresent() ? convert(optional.getAsDouble()) : Optional.empty();
            case OptionalLong optional -> optional.isPresent() ? convert(optional.getAsLong()) : Optional.empty();
            case OptionalInt optional -> optional.isPresent() ? convert(optional.getAsInt()) : Optional.empty();
            case String text -> Optional.of(text);
            case Boolean flag -> Optional.of(flag);
            case Double number -> Optional.of(Double.isFinite(number) ? number : (Object) number.toString());
            case Float number -> convert(number.doubleValue());
            case Number number -> Optional.of(number);
            case Instant instant -> Optional.of(instant.toString());
            case Duration duration -> Optional.of(duration.toNanos() / 1e9);
            case Enum<?> constant -> Optional.of(constant.name().toLowerCase(Locale.ROOT));
            case Record nested -> Optional.of(of(nested));
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, element) -> {
                    if (element != null) {
                        convert(element).ifPresent(v -> plain.put(String.valueOf(key), v));
                    }
                });
                yield Optional.of(plain);
            }
            case Iterable<?> list -> {
                List<Object> plain = new ArrayList<>();
                list.forEach(element -> {
                    if (element != null) {
                        convert(element).ifPresent(plain::add);
                    }
                });
                yield Optional.of(plain);
            }
            default -> Optional.of(value.toString());
        };
    }
}
