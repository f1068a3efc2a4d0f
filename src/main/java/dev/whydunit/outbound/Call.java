package dev.whydunit.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A request.
 *
 * @param uri an http or https address with a host and without a user
 * @param body empty for none
 * @param limit for all of it
 */
public record Call(URI uri, String method, Map<String, String> headers, String body, Duration limit) {
    /** Keeps its own copy of the headers. */
    public Call {
        headers = Map.copyOf(headers);
    }

    /** A plain GET. */
    public static Call get(URI uri, Duration limit) {
        return new Call(uri, "GET", Map.of(), "", limit);
    }
}
