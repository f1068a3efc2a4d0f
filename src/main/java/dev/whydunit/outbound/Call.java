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
 * @param connectLimit for a connection to one address, within {@code limit}
 */
public record Call(
        URI uri, String method, Map<String, String> headers, String body, Duration limit, Duration connectLimit) {
    /** Keeps its own copy of the headers. */
    public Call {
        headers = Map.copyOf(headers);
    }

    /** With all of its time for the connection, too. */
    public Call(URI uri, String method, Map<String, String> headers, String body, Duration limit) {
        this(uri, method, headers, body, limit, limit);
    }

    /** A plain GET. */
    public static Call get(URI uri, Duration limit) {
        return new Call(uri, "GET", Map.of(), "", limit);
    }
}
