package dev.whydunit.step.httpcheck;

import dev.whydunit.schema.About;
import java.util.List;
import java.util.Map;

/**
 * How a web address answered. That nobody answers is an observation too: {@code reached} is then false and {@code failure} says why.
 *
 * @param reached whether an HTTP answer came
 * @param ok whether it was reached, has a status that is expected, and a body that matches
 * @param failure refused, unreachable, dns, tls, timeout, reset or protocol; empty when reached
 * @param detail what exactly failed, in one line; empty when reached
 * @param status the HTTP status; 0 when not reached
 * @param seconds from the start to the last byte
 * @param phases where the time went
 * @param headers of the answer, names in lower case
 * @param body the beginning of the answer's body
 * @param bodyMatches whether the pattern was found in it; false where there is no pattern
 * @param redirects the addresses that it was sent on to
 * @param address the IP address that was asked
 */
public record HttpCheckResult(
        @About("Whether an HTTP answer came.") boolean reached,

        @About("Whether it was reached, with an expected status and a body that matches.")
        boolean ok,

        @About("refused, unreachable, dns, tls, timeout, reset or protocol; empty when it was reached.")
        String failure,

        @About("What exactly failed, in one line; empty when it was reached.")
        String detail,

        @About("The HTTP status; 0 when it was not reached.")
        long status,

        @About("From the start to the last byte, in seconds.")
        double seconds,

        @About("Where the time went, in seconds.") Phases phases,

        @About("Headers of the answer, names in lower case.")
        Map<String, String> headers,

        @About("The beginning of the answer's body.") String body,
        @About("Whether body_match was found in the body.") boolean bodyMatches,
        @About("The addresses that it was redirected to.") List<String> redirects,

        @About("The IP address that was asked; empty when the name has none.")
        String address) {
    /** Keeps its own copies. */
    public HttpCheckResult {
        headers = Map.copyOf(headers);
        redirects = List.copyOf(redirects);
    }

    /** Seconds of each phase of the last request; 0 for a phase that did not come. */
    public record Phases(
            @About("Looking the name up.") double dns,
            @About("Connecting.") double connect,
            @About("The TLS handshake.") double tls,

            @About("From the request to the first byte of the answer.")
            double firstByte,

            @About("The rest of the answer.") double transfer) {
        static final Phases NONE = new Phases(0, 0, 0, 0, 0);
    }
}
