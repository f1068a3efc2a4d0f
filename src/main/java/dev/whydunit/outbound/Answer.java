package dev.whydunit.outbound;

import java.util.Map;

/**
 * What came back; that nothing did is told here, too.
 *
 * @param failure refused, unreachable, dns, tls, timeout, reset or protocol; empty when reached
 * @param detail what exactly failed, in one line; empty when reached
 * @param status the HTTP status; 0 when not reached
 * @param headers names in lower case
 * @param body its beginning
 * @param cut whether the body is longer
 * @param address the IP address that was asked; empty when the name has none
 */
public record Answer(
        String failure,
        String detail,
        int status,
        Map<String, String> headers,
        String body,
        boolean cut,
        Phases phases,
        String address) {
    /** Keeps its own copy of the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Whether an HTTP answer came. */
    public boolean reached() {
        return failure.isEmpty();
    }

    /** Seconds of each phase; 0 for one that did not come. */
    public record Phases(double dns, double connect, double tls, double firstByte, double transfer) {}
}
