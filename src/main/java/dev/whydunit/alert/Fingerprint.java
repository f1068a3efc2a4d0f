package dev.whydunit.alert;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/** The identity of a set of labels, as Prometheus and Alertmanager compute it. */
final class Fingerprint {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    private Fingerprint() {}

    /**
     * FNV-1a with 64 bits over each name and value in order of names, each followed by a byte 0xff, in 16 digits of
     * lower-case hex (LabelSet.Fingerprint of prometheus/common).
     */
    static String of(SortedMap<String, String> labels) {
        long hash = FNV_OFFSET;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            hash = add(add(hash, label.getKey()), label.getValue());
        }
        return "%016x".formatted(hash);
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            sum = (sum ^ (octet & 0xff)) * FNV_PRIME;
        }
        return (sum ^ SEPARATOR) * FNV_PRIME;
    }
}
