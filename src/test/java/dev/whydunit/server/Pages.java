package dev.whydunit.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without script. */
final class Pages {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

    private Pages() {}

    /** Signs in; gives the cookie. */
    static String signIn(RunningServer server, String token) throws Exception {
        RunningServer.Answer answer = post(server, "/sign-in", Map.of("token", token), "");
        return answer.headers().get("set-cookie").getFirst().split(";", 2)[0];
    }

    static RunningServer.Answer get(RunningServer server, String path, String cookie) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/html,*/*"));
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        return server.send("GET", path, "", headers);
    }

    static RunningServer.Answer post(RunningServer server, String path, Map<String, String> form, String cookie)
            throws Exception {
        return post(server, path, form, cookie, Map.of());
    }

    static RunningServer.Answer post(
            RunningServer server, String path, Map<String, String> form, String cookie, Map<String, String> more)
            throws Exception {
        Map<String, String> headers =
                new HashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html"));
        headers.putAll(more);
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return server.send("POST", path, body, headers);
    }

    /** What the page's forms bring along. */
    static String csrf(RunningServer.Answer page) {
        Matcher found = CSRF.matcher(page.body());
        if (!found.find()) {
            throw new AssertionError("no form in " + page.body());
        }
        return found.group(1);
    }
}
