package dev.whydunit.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What an expression can read while it is evaluated. Immutable if its values are.
 *
 * @param values by name; plain data: Boolean, Long, Double, String, Duration, Instant, List and Map of such. What is absent
 *     is no key
 * @param probability the current probability of a hypothesis, by its id
 */
public record Variables(Map<String, Object> values, ToDoubleFunction<String> probability) {
    /** Keeps its own copy of the map. */
    public Variables {
        values = Map.copyOf(values);
    }

    /** Values alone; no hypothesis has a probability. */
    public static Variables of(Map<String, Object> values) {
        return new Variables(values, id -> {
            throw new IllegalArgumentException("there is no belief here to read the probability of " + id + " from");
        });
    }

    /** These and more; of two of the same name the added one counts. */
    public Variables with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Variables(all, probability);
    }
}
