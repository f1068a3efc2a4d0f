package dev.whydunit.packet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts by a name that comes from outside: at most so many names, the rest under "(other)". */
final class Shares {
    static final String OTHER = "(other)";

    /** What is counted of one name. */
    static final class Share {
        final String name;
        long count;
        long errors;
        long unanswered;
        final Histogram latency = new Histogram();

        Share(String name) {
            this.name = name;
        }
    }

    private final Map<String, Share> byName = new HashMap<>();
    private final int most;

    Shares(int most) {
        this.most = most;
    }

    Share of(String name) {
        Share share = byName.get(name);
        if (share == null) {
            String known = byName.size() < most ? name : OTHER;
            share = byName.computeIfAbsent(known, Share::new);
        }
        return share;
    }

    /** Adds what others counted. */
    void merge(Shares others) {
        for (Share other : others.byName.values()) {
            Share share = of(other.name);
            share.count += other.count;
            share.errors += other.errors;
            share.unanswered += other.unanswered;
            share.latency.merge(other.latency);
        }
    }

    boolean full() {
        return byName.containsKey(OTHER);
    }

    List<Share> first(int count, Comparator<Share> order) {
        List<Share> sorted = new ArrayList<>(byName.values());
        sorted.sort((one, other) -> {
            int inOrder = order.compare(one, other);
            return inOrder != 0 ? inOrder : one.name.compareTo(other.name);
        });
        return List.copyOf(sorted.subList(0, Math.min(count, sorted.size())));
    }
}
