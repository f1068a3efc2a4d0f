package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Hypothesis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which kind of step is likely to show a cause, by the words of its claim. A hint for authors, nothing more. */
final class StepKinds {
    private static final Map<String, List<String>> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("change_query", List.of("release", "deploy", "change", "version", "commit", "rollout"));
        WORDS.put(
                "sql_query",
                List.of(
                        "query",
                        "statement",
                        "lock",
                        "database",
                        "table",
                        "index",
                        "session",
                        "sql",
                        "connection pool"));
        WORDS.put(
                "packet_capture",
                List.of(
                        "packet",
                        "network",
                        "loss",
                        "lost",
                        "dns",
                        "firewall",
                        "port",
                        "tls",
                        "mtu",
                        "route",
                        "latency"));
        WORDS.put(
                "http_check",
                List.of("endpoint", "service", "dependency", "http", "certificate", "answer", "upstream"));
        WORDS.put(
                "host_command",
                List.of("cpu", "processor", "memory", "disk", "file", "process", "host", "machine", "kernel"));
        WORDS.put("log_query", List.of("error", "exception", "log", "crash", "timeout", "fails", "message"));
    }

    private StepKinds() {}

    /** The kind whose words the claim has. */
    static String forClaim(String claim) {
        String lower = claim.toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(lower::contains))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("metric_check");
    }

    /** What to do about two hypotheses that look alike. */
    static String between(Hypothesis one, Hypothesis another) {
        String first = forClaim(one.claim());
        String second = forClaim(another.claim());
        return first.equals(second)
                ? "add a " + first + " with a finding that supports the one and not the other"
                : "add a " + first + " with a finding for '" + one.id() + "', or a " + second + " with one for '"
                        + another.id() + "'";
    }
}
