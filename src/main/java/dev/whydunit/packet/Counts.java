package dev.whydunit.packet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each name was seen: at most so many names, the rest under "(other)". */
final class Counts {
    /** Written out: what Comparator's methods return is slow to start. */
    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST = (one, other) -> {
        int byCount = Long.compare(other.getValue(), one.getValue());
        return byCount != 0 ? byCount : one.getKey().compareTo(other.getKey());
    };

    private final Map<String, Long> counts = new TreeMap<>();
    private final int most;

    Counts(int most) {
        this.most = most;
    }

    void add(String name) {
        String known = counts.size() < most || counts.containsKey(name) ? name : Shares.OTHER;
        counts.merge(known, 1L, Long::sum);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The most frequent first. */
    Map<String, Long> map() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        List<Map.Entry<String, Long>> entries = new ArrayList<>(counts.entrySet());
        entries.sort(MOST_FIRST);
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
