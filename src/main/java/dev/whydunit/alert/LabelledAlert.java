package dev.whydunit.alert;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts an alert together from a format that knows no labels. */
final class LabelledAlert {
    private final SortedMap<String, String> labels = new TreeMap<>();
    private final SortedMap<String, String> annotations = new TreeMap<>();

    LabelledAlert label(String name, String value) {
        if (!value.isEmpty()) {
            labels.put(name, AlertFields.label(value));
        }
        return this;
    }

    LabelledAlert annotation(String name, String value) {
        if (!value.isEmpty()) {
            annotations.put(name, value);
        }
        return this;
    }

    /** @param identity what tells it from every other alert of its sender, such as the incident's number there */
    Alert firing(boolean firing, Instant at, String identity, String url) {
        SortedMap<String, String> identifying = new TreeMap<>();
        identifying.put("identity", identity);
        return new Alert(
                firing ? Alert.Status.FIRING : Alert.Status.RESOLVED,
                labels,
                annotations,
                at,
                firing ? Optional.empty() : Optional.of(at),
                Fingerprint.of(identifying),
                url,
                "");
    }
}
