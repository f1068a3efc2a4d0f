package dev.whydunit.expression;

import dev.whydunit.schema.Names;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The static type of an expression or of a variable. */
public sealed interface ValueType {
    /** As an author reads it: {@code string}, {@code list of int}. */
    String words();

    /** A type without parts. */
    enum Simple implements ValueType {
        /** true or false. */
        BOOL,
        /** A whole number. */
        INT,
        /** A number. */
        DOUBLE,
        /** A text. */
        STRING,
        /** A duration. */
        DURATION,
        /** A moment. */
        TIMESTAMP,
        /** Known only when it is evaluated. */
        DYNAMIC;

        @Override
        public String words() {
            return this == DYNAMIC ? "any type" : Names.choice(this);
        }
    }

    /** A list. */
    record ListOf(ValueType element) implements ValueType {
        @Override
        public String words() {
            return element == Simple.DYNAMIC ? "list" : "list of " + element.words();
        }
    }

    /** A map whose keys are texts. */
    record MapOf(ValueType value) implements ValueType {
        @Override
        public String words() {
            return value == Simple.DYNAMIC ? "map" : "map of " + value.words();
        }
    }

    /**
     * Named fields.
     *
     * @param name unique among the types of a scope
     */
    record Struct(String name, Map<String, ValueType> fields) implements ValueType {
        /** Keeps its own copy of the fields, in order. */
        public Struct {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String words() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    /** The type that a record has for expressions: its components by their snake_case names. */
    static Struct of(Class<? extends Record> record) {
        return RecordTypes.of(record);
    }

    /**
     * The type that a Java type has for expressions.
     *
     * @throws IllegalArgumentException when expressions cannot read it
     */
    static ValueType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == Optional.class) {
                return of(arguments[0]);
            }
            if (raw == List.class) {
                return new ListOf(of(arguments[0]));
            }
            if (raw == Map.class && arguments[0] == String.class) {
                return new MapOf(of(arguments[1]));
            }
        }
        if (type instanceof Class<?> known) {
            return ofClass(known);
        }
        throw new IllegalArgumentException("expressions cannot read a " + type.getTypeName());
    }

    private static ValueType ofClass(Class<?> known) {
        if (known == boolean.class || known == Boolean.class) {
            return Simple.BOOL;
        }
        if (known == int.class || known == Integer.class || known == long.class || known == Long.class) {
            return Simple.INT;
        }
        if (known == double.class || known == Double.class) {
            return Simple.DOUBLE;
        }
        if (known == String.class || known.isEnum() || known == SqlText.class) {
            return Simple.STRING;
        }
        if (known == Duration.class) {
            return Simple.DURATION;
        }
        if (known == Instant.class) {
            return Simple.TIMESTAMP;
        }
        if (known == Object.class) {
            return Simple.DYNAMIC;
        }
        if (known.isRecord()) {
            return RecordTypes.of(known.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("expressions cannot read a " + known.getName());
    }

    /** Whether it is one value that a text can show, or may turn out to be. */
    default boolean single() {
        return this instanceof Simple;
    }
}
