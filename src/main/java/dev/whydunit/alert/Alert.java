package dev.whydunit.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that a monitoring system found wrong, or right again.
 *
 * @param status whether it still fires
 * @param labels what identifies it, sorted by name
 * @param annotations what describes it, sorted by name
 * @param startsAt since when it fires
 * @param endsAt when it was resolved; empty while it fires
 * @param fingerprint of its labels, the same for every notification of the alert
 * @param generatorUrl where the sender says that it comes from; a stranger's text, empty when not given
 * @param groupKey the group that the sender put it in; empty when not given
 */
public record Alert(
        Status status,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Instant startsAt,
        Optional<Instant> endsAt,
        String fingerprint,
        String generatorUrl,
        String groupKey) {

    /** The name of the label that names the alert. */
    public static final String NAME = "alertname";

    /** Keeps its own copies of the maps. */
    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** Whether it still fires. */
    public enum Status {
        /** Something is wrong. */
        FIRING,
        /** It is over. */
        RESOLVED
    }

    /** The value of its label {@code alertname}; empty when it has none. */
    public String name() {
        return labels.getOrDefault(NAME, "");
    }

    /** Whether all of these hold for its labels. */
    public boolean matches(Iterable<LabelMatcher> matchers) {
        for (LabelMatcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
