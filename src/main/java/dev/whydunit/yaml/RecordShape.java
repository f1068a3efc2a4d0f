package dev.whydunit.yaml;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.schema.Names;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What binding needs to know of a record class, worked out once. */
record RecordShape(Class<?> type, List<Part> parts, Constructor<?> constructor) {
    /** A component. */
    record Part(String key, Type type, Sink sink, Optional<YamlNode> byDefault, String about, boolean rest) {
        boolean required() {
            return byDefault.isEmpty()
                    && !rest
                    && raw(type) != Optional.class
                    && raw(type) != List.class
                    && raw(type) != Map.class;
        }
    }

    private static final ClassValue<RecordShape> KNOWN = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return make(type);
        }
    };

    static RecordShape of(Class<?> type) {
        return KNOWN.get(type);
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    /** The given or else default keys, in order. */
    List<String> keys() {
        return parts.stream().filter(part -> !part.rest()).map(Part::key).toList();
    }

    private static RecordShape make(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : components) {
            Into into = component.getAnnotation(Into.class);
            Default byDefault = component.getAnnotation(Default.class);
            About about = component.getAnnotation(About.class);
            parts.add(new Part(
                    Names.snake(component.getName()),
                    component.getGenericType(),
                    into == null ? Sink.PLAIN : into.value(),
                    byDefault == null ? Optional.empty() : Optional.of(defaultNode(component, byDefault.value())),
                    about == null ? "" : about.value(),
                    component.isAnnotationPresent(Rest.class)));
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return new RecordShape(type, List.copyOf(parts), constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    private static YamlNode defaultNode(RecordComponent component, String text) {
        String place = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        YamlReader.Read read = YamlReader.read("default of " + place, text.isEmpty() ? "''" : text);
        return read.root()
                .orElseThrow(() -> new IllegalStateException("@Default of " + place + " is not YAML: " + text));
    }

    /**
     * Makes the record.
     *
     * @throws IllegalArgumentException when the record refuses the values
     */
    Record make(Object[] values) {
        try {
            return (Record) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(type.getName() + " cannot be made", e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }
}
