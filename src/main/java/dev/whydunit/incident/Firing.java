package dev.whydunit.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pcollections.TreePMap;

/**
 * The alerts by which an incident fires, and the service that each is about, sorted by fingerprint. Immutable; what becomes of it shares with
 * it what stays the same, so that an alert of an incident of thousands costs no more than one of the first.
 */
public final class Firing {
    /** Nothing fires. */
    public static final Firing NOTHING = new Firing(TreePMap.empty(), TreePMap.empty());

    /** The service of each, by fingerprint; empty text where none is known. */
    private final TreePMap<String, String> alerts;
    /** How many of them are about each service. */
    private final TreePMap<String, Integer> counts;

    private Firing(TreePMap<String, String> alerts, TreePMap<String, Integer> counts) {
        this.alerts = alerts;
        this.counts = counts;
    }

    /** These: the service of each by its fingerprint, empty text where none is known. */
    public static Firing of(Map<String, String> alerts) {
        Firing firing = NOTHING;
        for (Map.Entry<String, String> alert : alerts.entrySet()) {
            firing = firing.with(alert.getKey(), alert.getValue());
        }
        return firing;
    }

    /** These and one more; one that fires already is now about this service. */
    public Firing with(String fingerprint, String service) {
        String before = alerts.get(fingerprint);
        if (service.equals(before)) {
            return this;
        }
        Firing rest = before == null ? this : without(fingerprint);
        TreePMap<String, String> more = rest.alerts.plus(fingerprint, service);
        if (service.isEmpty()) {
            return new Firing(more, rest.counts);
        }
        return new Firing(more, rest.counts.plus(service, rest.counts.getOrDefault(service, 0) + 1));
    }

    /** These without one, which need not be among them. */
    public Firing without(String fingerprint) {
        String service = alerts.get(fingerprint);
        if (service == null) {
            return this;
        }
        TreePMap<String, String> less = alerts.minus(fingerprint);
        if (service.isEmpty()) {
            return new Firing(less, counts);
        }
        int others = counts.getOrDefault(service, 1) - 1;
        return new Firing(less, others == 0 ? counts.minus(service) : counts.plus(service, others));
    }

    /** Whether an alert of this fingerprint is among them. */
    public boolean has(String fingerprint) {
        return alerts.containsKey(fingerprint);
    }

    /** The service of each by its fingerprint, sorted; empty text where none is known. */
    public Map<String, String> alerts() {
        return alerts;
    }

    /** The fingerprints of all, sorted. */
    public Set<String> fingerprints() {
        return alerts.keySet();
    }

    /** The services that they are about, sorted. */
    public Set<String> services() {
        return counts.keySet();
    }

    /** How many there are. */
    public int size() {
        return alerts.size();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return alerts.isEmpty();
    }

    /**
     * What became of them.
     *
     * @param begun those that are new, or about another service: each one's service by its fingerprint
     * @param ended the fingerprints of those that are none of them any more
     */
    record Change(Map<String, String> begun, List<String> ended) {
        /** Keeps its own copies. */
        Change {
            begun = Map.copyOf(begun);
            ended = List.copyOf(ended);
        }
    }

    /**
     * How these differ from what they were.
     *
     * @param touched the fingerprints of all that can be other, and perhaps of more
     */
    Change since(Firing before, Collection<String> touched) {
        Map<String, String> begun = new HashMap<>();
        List<String> ended = new ArrayList<>();
        for (String fingerprint : touched) {
            String was = before.alerts.get(fingerprint);
            String is = alerts.get(fingerprint);
            if (is == null) {
                if (was != null) {
                    ended.add(fingerprint);
                }
            } else if (!is.equals(was)) {
                begun.put(fingerprint, is);
            }
        }
        return new Change(begun, ended);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Firing that && alerts.equals(that.alerts));
    }

    @Override
    public int hashCode() {
        return alerts.hashCode();
    }

    @Override
    public String toString() {
        return alerts.toString();
    }
}
