package dev.whydunit.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The labels of a series, the metric's name included as {@value #NAME}. Immutable; two with the same labels are equal. As
 * in Prometheus, a label with an empty value is no label.
 */
public final class Labels {
    /** The label that holds the metric's name. */
    public static final String NAME = "__name__";

    /** No labels. */
    public static final Labels EMPTY = new Labels(new String[0]);

    /** Names and values by turns, ordered by name. */
    private final String[] pairs;

    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    /** The labels of a map; empty values are left out. */
    public static Labels of(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>(labels.size() * 2);
        new TreeMap<>(labels).forEach((name, value) -> {
            if (!value.isEmpty()) {
                pairs.add(name);
                pairs.add(value);
            }
        });
        return pairs.isEmpty() ? EMPTY : new Labels(pairs.toArray(String[]::new));
    }

    /**
     * A metric with labels.
     *
     * @param metric its name
     * @param labels names and values by turns
     */
    public static Labels metric(String metric, String... labels) {
        Map<String, String> map = new TreeMap<>();
        map.put(NAME, metric);
        for (int i = 0; i + 1 < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return of(map);
    }

    /** The value of a label; empty when there is none of that name. */
    public String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    /** Names to values, ordered by name. */
    public Map<String, String> asMap() {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** Without the metric's name, as after arithmetic. */
    public Labels withoutName() {
        return get(NAME).isEmpty() ? this : keep(name -> !name.equals(NAME));
    }

    /** Only these. */
    Labels only(Collection<String> names) {
        return keep(names::contains);
    }

    /** All but these and the metric's name. */
    Labels without(Collection<String> names) {
        return keep(name -> !name.equals(NAME) && !names.contains(name));
    }

    /** With one label set; an empty value removes it. */
    public Labels with(String name, String value) {
        Map<String, String> map = new TreeMap<>(asMap());
        map.put(name, value);
        return of(map);
    }

    private Labels keep(Predicate<String> wanted) {
        List<String> kept = new ArrayList<>(pairs.length);
        for (int i = 0; i < pairs.length; i += 2) {
            if (wanted.test(pairs[i])) {
                kept.add(pairs[i]);
                kept.add(pairs[i + 1]);
            }
        }
        return kept.isEmpty() ? EMPTY : new Labels(kept.toArray(String[]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && hash == labels.hash && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As Prometheus writes it: <code>name{label="value", …}</code>. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(get(NAME));
        String separator = "{";
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i].equals(NAME)) {
                text.append(separator).append(pairs[i]).append("=\"");
                text.append(
                        pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
                text.append('"');
                separator = ", ";
            }
        }
        return separator.equals("{")
                ? (text.isEmpty() ? "{}" : text.toString())
                : text.append('}').toString();
    }
}
