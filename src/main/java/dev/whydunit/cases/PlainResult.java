package dev.whydunit.cases;

import dev.whydunit.schema.Durations;
import dev.whydunit.schema.Names;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results as a journal keeps them (camelCase names, moments as text, durations as seconds) in the form that cases give them. */
final class PlainResult {
    /** Whether a text that is a moment, where a value may be anything, was one: databases have moments, output of commands has not. */
    private final boolean moments;

    PlainResult(boolean moments) {
        this.moments = moments;
    }

    /** A record's components by the names that findings read. What the journal does not have is left out. */
    Map<String, Object> of(Map<String, Object> plain, Class<?> type) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            Object value = plain.get(name.endsWith("_") ? name.substring(0, name.length() - 1) : name);
            if (value != null) {
                written.put(Names.snake(name), value(value, component.getGenericType()));
            }
        }
        return written;
    }

    @SuppressWarnings("unchecked") // Names of plain data are texts.
    private Object value(Object plain, Type type) {
        Class<?> raw = PartialResult.raw(type);
        if (raw == Optional.class) {
            return value(plain, PartialResult.argument(type, 0));
        }
        if (raw.isRecord() && plain instanceof Map<?, ?> map) {
            return of((Map<String, Object>) map, raw);
        }
        if (plain instanceof Collection<?> list) {
            Type element = raw == List.class ? PartialResult.argument(type, 0) : Object.class;
            List<Object> values = new ArrayList<>();
            list.forEach(item -> values.add(value(item, element)));
            return values;
        }
        if (plain instanceof Map<?, ?> map) {
            Type element = raw == Map.class ? PartialResult.argument(type, 1) : Object.class;
            // Names of texts have no order of their own; columns of a table do.
            Map<String, Object> values = element == String.class ? new TreeMap<>() : new LinkedHashMap<>();
            map.forEach((key, item) -> values.put(String.valueOf(key), value(item, element)));
            return values;
        }
        if (raw == Duration.class && plain instanceof Number seconds) {
            return new YamlWriter.Bare(Durations.format(Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))));
        }
        if (raw == double.class || raw == Double.class) {
            return plain instanceof Number number ? (Object) number.doubleValue() : notFinite(plain.toString());
        }
        if (plain instanceof String text) {
            boolean moment = raw == Instant.class
                    || raw == Object.class
                            && moments
                            && PartialResult.moment(text).isPresent();
            return moment ? new YamlWriter.Bare(text) : text;
        }
        return plain instanceof BigDecimal decimal ? decimal.doubleValue() : plain;
    }

    private static Object notFinite(String text) {
        return switch (text) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }
}
