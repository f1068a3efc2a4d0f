package dev.whydunit.webhook;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came in, before anything in it is believed.
 *
 * @param headers by name, whatever its case; of several of one name the first
 * @param body the raw bytes, which signatures are over
 * @param at when it came in
 */
public record Delivery(Map<String, String> headers, byte[] body, Instant at) {
    /** Keeps its own copy of the headers; the body is not copied and must not be changed. */
    public Delivery {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(copy::putIfAbsent);
        headers = Collections.unmodifiableMap(copy);
    }

    /** The header of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
