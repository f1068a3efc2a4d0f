package dev.whydunit.step.httpcheck;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.util.List;
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
 * @param expectStatus the statuses that are well; empty for all below 400
 * @param followRedirects how many are followed
 */
@About("Asks a web address and says how it answered, phase by phase.")
public record HttpCheckParameters(
        @About(value = "The address, http or https.", example = "https://shop.example.com/health") @Into(Sink.URL)
        String url,

        @About("GET, HEAD, OPTIONS or POST.") @Default("GET")
        String method,

        @About(value = "Headers of the request.", example = "{Accept: application/json}")
        Map<String, String> headers,

        @About(value = "The body of the request.", example = "hello")
        Optional<String> body,

        @About(value = "A regular expression (RE2) that the body is searched for.", example = "'\"status\":\"UP\"'")
        @Into(Sink.LITERAL)
        Optional<String> bodyMatch,

        @About(value = "The statuses that are well; those below 400 when left out.", example = "[200, 204]")
        List<Integer> expectStatus,

        @About("How many redirects are followed; from 0 to 10.") @Default("0")
        int followRedirects) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST");
    private static final int MAX_HEADERS = 50;

    /** Refuses what could make one request into two. */
    public HttpCheckParameters {
        method = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method is one of GET, HEAD, OPTIONS, POST, not " + method);
        }
        if (followRedirects < 0 || followRedirects > 10) {
            throw new IllegalArgumentException("follow_redirects is from 0 to 10, not " + followRedirects);
        }
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("at most " + MAX_HEADERS + " headers");
        }
        headers.forEach((name, value) -> {
            if (!name.chars().allMatch(HttpCheckParameters::isToken) || name.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' is no name of a header");
            }
            if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException(
                        "header " + name + " holds a line break or another control character");
            }
        });
        headers = Map.copyOf(headers);
        expectStatus = List.copyOf(expectStatus);
    }

    /** As another server may see it: what was meant for the first one is left out. */
    HttpCheckParameters forAnotherServer() {
        return new HttpCheckParameters(url, method, Map.of(), body, bodyMatch, expectStatus, followRedirects);
    }

    /** As a redirect that says "see other" asks for it. */
    HttpCheckParameters asGet() {
        return new HttpCheckParameters(
                url,
                method.equals("HEAD") ? "HEAD" : "GET",
                headers,
                Optional.empty(),
                bodyMatch,
                expectStatus,
                followRedirects);
    }

    private static boolean isToken(int c) {
        return c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }
}
