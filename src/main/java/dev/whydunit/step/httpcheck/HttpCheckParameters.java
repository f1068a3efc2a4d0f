package dev.whydunit.step.httpcheck;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code http_check} asks.
 *
 * @param url http or https
 * @param method of the request
 * @param headers of the request
 * @param body of the request
 * @param bodyMatch a pattern that the answer's body is searched for
 * @param redirects how many are followed
 */
@About("Asks a web address and says how it answered, phase by phase.")
public record HttpCheckParameters(
        @About(value = "The address, http or https.", example = "https://shop.example.com/health") @Into(Sink.URL) String url,
        @About("GET, HEAD, OPTIONS or POST.") @Default("GET") String method,
        @About(value = "Headers of the request.", example = "{Accept: application/json}") Map<String, String> headers,
        @About("The body of the request.") Optional<String> body,
        @About(value = "A regular expression (RE2) that the body is searched for.", example = "\"status\":\"UP\"")
                @Into(Sink.LITERAL)
                Optional<String> bodyMatch,
        @About("How many redirects are followed; from 0 to 10.") @Default("0") int redirects) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST");
    private static final int MAX_HEADERS = 50;

    /** Refuses what could make one request into two. */
    public HttpCheckParameters {
        method = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method is one of GET, HEAD, OPTIONS, POST, not " + method);
        }
        if (redirects < 0 || redirects > 10) {
            throw new IllegalArgumentException("redirects is from 0 to 10, not " + redirects);
        }
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("at most " + MAX_HEADERS + " headers");
        }
        headers.forEach((name, value) -> {
            if (!name.chars().allMatch(HttpCheckParameters::isToken) || name.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' is no name of a header");
            }
            if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException("header " + name + " holds a line break or another control character");
            }
        });
        headers = Map.copyOf(headers);
    }

    private static boolean isToken(int c) {
        return c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }
}
