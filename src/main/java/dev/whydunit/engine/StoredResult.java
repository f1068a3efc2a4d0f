package dev.whydunit.engine;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Makes a result record again of the plain data that {@link PlainData} made of it. A moment where a value may be anything, as in
 * a row of a query, comes back as text: the journal does not know it from one.
 */
final class StoredResult {
    private StoredResult() {}

    /**
     * The record.
     *
     * @throws IllegalArgumentException when the data is not of such a record, as after a change of the program
     */
    static <R extends Record> R read(Map<String, Object> plain, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            String key = name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
            types[i] = components[i].getType();
            values[i] = value(Optional.ofNullable(plain.get(key)), components[i].getGenericType(), key);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type.getSimpleName() + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private static Object value(Optional<Object> plain, Type type, String where) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return plain.map(value -> value(Optional.of(value), argument(type, 0), where));
        }
        if (raw == OptionalDouble.class) {
            return plain.isPresent() ? OptionalDouble.of(number(plain.get(), where)) : OptionalDouble.empty();
        }
        if (raw == OptionalLong.class) {
            return plain.isPresent() ? OptionalLong.of((long) number(plain.get(), where)) : OptionalLong.empty();
        }
        if (raw == OptionalInt.class) {
            return plain.isPresent() ? OptionalInt.of((int) number(plain.get(), where)) : OptionalInt.empty();
        }
        if (plain.isEmpty()) {
            return nothing(raw, where);
        }
        return present(plain.get(), type, raw, where);
    }

    private static Object nothing(Class<?> raw, String where) {
        if (raw == List.class) {
            return List.of();
        }
        if (raw == Map.class) {
            return Map.of();
        }
        throw new IllegalArgumentException(where + " is missing");
    }

    @SuppressWarnings("unchecked") // Names of plain data are texts, and a record's class is one of a record.
    private static Object present(Object plain, Type type, Class<?> raw, String where) {
        if (raw.isRecord() && plain instanceof Map<?, ?> map) {
            return read((Map<String, Object>) map, (Class<? extends Record>) raw);
        }
        if (raw == List.class && plain instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            list.forEach(item -> values.add(value(Optional.of(item), argument(type, 0), where)));
            return values;
        }
        if (raw == Map.class && plain instanceof Map<?, ?> map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.forEach(
                    (key, item) -> values.put(String.valueOf(key), value(Optional.of(item), argument(type, 1), where)));
            return values;
        }
        if (raw.isEnum() && plain instanceof String text) {
            for (Object constant : raw.getEnumConstants()) {
                if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(where + " is " + text);
        }
        if (raw == Instant.class) {
            return Instant.parse(plain.toString());
        }
        if (raw == Duration.class) {
            return Duration.ofNanos(Math.round(number(plain, where) * 1e9));
        }
        if (raw == boolean.class || raw == Boolean.class || raw == Object.class || raw == String.class) {
            return plain;
        }
        double number = number(plain, where);
        if (raw == int.class || raw == Integer.class) {
            return plain instanceof Number exact ? exact.intValue() : (int) number;
        }
        if (raw == long.class || raw == Long.class) {
            return plain instanceof Number exact ? exact.longValue() : (long) number;
        }
        if (raw == double.class || raw == Double.class) {
            return number;
        }
        throw new IllegalArgumentException(where + " is of type " + raw.getSimpleName());
    }

    /** JSON has no infinity: such numbers are text. */
    private static double number(Object plain, String where) {
        if (plain instanceof Number number) {
            return number.doubleValue();
        }
        if (plain instanceof String text) {
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException(where + " is no number");
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
