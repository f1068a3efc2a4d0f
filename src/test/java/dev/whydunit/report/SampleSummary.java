package dev.whydunit.report;

import dev.whydunit.alert.Alert;
import dev.whydunit.belief.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Summaries as an engine would give them. */
final class SampleSummary {
    /** Everything that a stranger may try on a terminal, in Markdown and in HTML. */
    static final String HOSTILE =
            "\u001b[2J\u009b31m\u202e<script>alert(1)</script> [x](http://evil.example) `` | ** &amp; ${{ 7*7 }}\r\n# h \0";

    private static final Instant START = Instant.parse("2026-03-01T02:13:00Z");

    private SampleSummary() {}

    /** The worked example of belief's documentation, with a saturated host and a clean wire. */
    static Summary concluded() {
        return of(
                new Summary.Verdict(
                        Summary.Verdict.Status.CONCLUDED,
                        List.of("database", "slow_query"),
                        Optional.of("One query reads far more rows than it returns"),
                        Optional.of(0.842740),
                        Optional.of("Add the index that the plan misses."),
                        Optional.of("Run the query's plan in the performance tests."),
                        false,
                        List.of("plan", "slow_statements"),
                        List.of("overload"),
                        Optional.empty()),
                belief(0.147479, 0.846339, 0.842740, 0.000439, 0.002107, 0.001054, 0.000037, 0.006145),
                Optional.empty());
    }

    /** The same investigation, stopped before the plan was looked at. */
    static Summary inconclusive() {
        return of(
                new Summary.Verdict(
                        Summary.Verdict.Status.INCONCLUSIVE,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.of("database")),
                belief(0.028370, 0.844549, 0.778129, 0.008105, 0.038906, 0.019453, 0.013617, 0.113477),
                Optional.of("by Ctrl-C"));
    }

    /** Nothing was wrong. */
    static Summary symptomAbsent() {
        return of(
                new Summary.Verdict(
                        Summary.Verdict.Status.SYMPTOM_ABSENT,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.empty()),
                belief(0.3, 0.3, 0.0857, 0.0857, 0.0857, 0.0429, 0.15, 0.25),
                Optional.empty());
    }

    /** A verdict on a branch, with nothing else known. */
    static Summary narrowed(boolean robust, String... restsOn) {
        Summary sample = concluded();
        return with(
                sample,
                new Summary.Verdict(
                        Summary.Verdict.Status.NARROWED,
                        List.of("database"),
                        Optional.of("The database answers slowly."),
                        Optional.of(0.99999),
                        Optional.empty(),
                        Optional.empty(),
                        robust,
                        List.of(restsOn),
                        List.of(),
                        Optional.empty()));
    }

    /** Hostile text wherever text can stand. */
    static Summary hostile() {
        String x = HOSTILE;
        return new Summary(
                Summary.SCHEMA_VERSION,
                x,
                x,
                Optional.of(x),
                x,
                START,
                Optional.of(START.plusSeconds(5)),
                new Summary.Trigger(
                        Summary.Trigger.Kind.ALERT,
                        Optional.of(new Alert(
                                Alert.Status.FIRING,
                                new TreeMap<>(Map.of(x, x)),
                                new TreeMap<>(Map.of(x, x)),
                                START,
                                Optional.empty(),
                                x,
                                x,
                                x))),
                Map.of(x, x),
                x,
                new Summary.Verdict(
                        Summary.Verdict.Status.CONCLUDED,
                        List.of("h"),
                        Optional.of(x),
                        Optional.of(1.0),
                        Optional.of(x),
                        Optional.of(x),
                        false,
                        List.of(x, x),
                        List.of(x),
                        Optional.of(x)),
                Map.of("h", 1.0, x, 0.0, "other", Double.MIN_VALUE),
                List.of(
                        new Summary.Evidence(x, x, Outcome.TRUE, x, Map.of("h", 3.0), START, x, Optional.of(x), false),
                        new Summary.Evidence(x, x, Outcome.FALSE, x, Map.of(x, -3.0), START, x, Optional.of(x), false),
                        new Summary.Evidence(x, x, Outcome.TRUE, x, Map.of("h", -3.0), START, x, Optional.empty(), false),
                        new Summary.Evidence(x, x, Outcome.TRUE, x, Map.of(), START, x, Optional.empty(), false)),
                List.of(new Summary.Step(
                        x,
                        x,
                        Optional.of(x),
                        Summary.Step.Status.ENDED,
                        Optional.of(x),
                        Optional.of(START),
                        Optional.of(1.0),
                        Optional.of(x),
                        Optional.of(x),
                        Optional.of(Map.of(x, x)),
                        List.of(new Summary.Artifact(x, 1, x)),
                        Optional.of(x),
                        List.of(x))),
                List.of(new Summary.NotChecked(x, x, Optional.of(x))),
                List.of(x),
                x,
                Map.of("h", x, x, x),
                Optional.of(x));
    }

    /** Where the first step has this query. */
    static Summary withQuery(String query) {
        return withFirstStep(query, Optional.of(Map.of()));
    }

    /** Where the first step has this result. */
    static Summary withResult(Object result) {
        return withFirstStep("query", Optional.of(result));
    }

    private static Summary withFirstStep(String query, Optional<Object> result) {
        Summary it = concluded();
        List<Summary.Step> steps = new ArrayList<>(it.steps());
        Summary.Step first = steps.getFirst();
        steps.set(
                0,
                new Summary.Step(
                        first.id(),
                        first.kind(),
                        first.host(),
                        first.status(),
                        first.why(),
                        first.startedAt(),
                        first.seconds(),
                        first.error(),
                        Optional.of(query),
                        result,
                        first.artifacts(),
                        first.title(),
                        first.caveats()));
        return with(it, it.verdict(), steps);
    }

    static Summary with(Summary it, Summary.Verdict verdict) {
        return with(it, verdict, it.steps());
    }

    private static Summary with(Summary it, Summary.Verdict verdict, List<Summary.Step> steps) {
        return new Summary(
                it.schemaVersion(),
                it.id(),
                it.runbook(),
                it.version(),
                it.environment(),
                it.startedAt(),
                it.endedAt(),
                it.trigger(),
                it.inputs(),
                it.symptom(),
                verdict,
                it.belief(),
                it.evidence(),
                steps,
                it.notChecked(),
                it.nextSteps(),
                it.title(),
                it.claims(),
                it.stopped());
    }

    private static Summary of(Summary.Verdict verdict, Map<String, Double> belief, Optional<String> stopped) {
        boolean whole = verdict.status() == Summary.Verdict.Status.CONCLUDED;
        boolean absent = verdict.status() == Summary.Verdict.Status.SYMPTOM_ABSENT;
        return new Summary(
                Summary.SCHEMA_VERSION,
                "20260301-021300-7f3a",
                "web_slowdown",
                Optional.of("1.0.0"),
                "default",
                START,
                Optional.of(START.plusMillis(23_400)),
                new Summary.Trigger(Summary.Trigger.Kind.ALERT, Optional.of(alert())),
                inputs(),
                "p95 latency of shop is above 300 ms",
                verdict,
                belief,
                absent ? List.of(symptom(Outcome.FALSE)) : whole ? evidence() : evidence().subList(0, 4),
                absent ? steps().subList(0, 1) : steps(),
                absent
                        ? List.of()
                        : List.of(
                                new Summary.NotChecked(
                                        "pool",
                                        "http://10.0.0.5:9100/metrics did not answer within 5 s",
                                        Optional.of("Check that the exporter runs: systemctl status shop")),
                                new Summary.NotChecked("profile", "the verdict was clear without it", Optional.empty())),
                absent
                        ? List.of()
                        : List.of(
                                "Roll release 2026.9 back if the index cannot be added within the hour.",
                                "lock_wait and pool_exhausted: no step of this runbook can tell them apart."),
                "Web application is slow",
                claims(),
                stopped);
    }

    private static Alert alert() {
        return new Alert(
                Alert.Status.FIRING,
                new TreeMap<>(Map.of("alertname", "HighLatency", "severity", "critical", "service", "shop")),
                new TreeMap<>(Map.of("summary", "p95 is 2.1 s")),
                START.minusSeconds(30),
                Optional.empty(),
                "fa21ffd5b7e4a0c1",
                "http://prometheus:9090/graph",
                "{}:{}");
    }

    private static Map<String, Object> inputs() {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("service", "shop");
        inputs.put("objective", "300ms");
        inputs.put("retries", 3L);
        return inputs;
    }

    private static Map<String, String> claims() {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("overload", "The web host has no CPU left");
        claims.put("database", "The database answers slowly");
        claims.put("database.slow_query", "One query reads far more rows than it returns");
        claims.put("database.lock_wait", "Sessions wait for another session's lock");
        claims.put("database.pool_exhausted", "The application's connection pool is exhausted");
        claims.put("network", "Packets are lost between web and database");
        return claims;
    }

    private static Map<String, Double> belief(
            double overload,
            double database,
            double slowQuery,
            double lockWait,
            double poolExhausted,
            double databaseOther,
            double network,
            double other) {
        Map<String, Double> belief = new LinkedHashMap<>();
        belief.put("overload", overload);
        belief.put("database", database);
        belief.put("database.slow_query", slowQuery);
        belief.put("database.lock_wait", lockWait);
        belief.put("database.pool_exhausted", poolExhausted);
        belief.put("database.other", databaseOther);
        belief.put("network", network);
        belief.put("other", other);
        return belief;
    }

    private static Summary.Evidence symptom(Outcome outcome) {
        return evidence("latency.confirmed", outcome, "p95 is 2.1 s, since 02:11:04", Map.of());
    }

    private static List<Summary.Evidence> evidence() {
        Map<String, Double> pattern = new LinkedHashMap<>();
        pattern.put("database.slow_query", Math.log(20));
        pattern.put("network", -Math.log(5));
        return List.of(
                symptom(Outcome.TRUE),
                evidence("host_load.saturated", Outcome.TRUE, "load 7.9 on 4 CPUs", Map.of("overload", Math.log(20))),
                evidence(
                        "sessions.waiting_for_locks",
                        Outcome.FALSE,
                        "0 sessions wait for locks",
                        Map.of("database.lock_wait", Math.log(0.2 / 0.96))),
                evidence(
                        "slow_statements.new_slow_pattern",
                        Outcome.TRUE,
                        "A statement pattern not seen before: select * from orders where customer_email = <*>, 412 times since 02:11",
                        pattern),
                evidence(
                        "plan.reads_much",
                        Outcome.TRUE,
                        "Seq Scan on orders reads 1 200 000 rows and returns 3",
                        Map.of("database.slow_query", Math.log(20))),
                evidence("wire.clean", Outcome.TRUE, "", Map.of("network", -Math.log(20))),
                evidence("wire.loss", Outcome.FALSE, "", Map.of("network", Math.log(0.2 / 0.96))),
                evidence("pool.exhausted", Outcome.UNKNOWN, "", Map.of()));
    }

    private static Summary.Evidence evidence(String id, Outcome outcome, String says, Map<String, Double> moved) {
        String step = id.substring(0, id.indexOf('.'));
        return new Summary.Evidence(
                id, step, outcome, says, moved, START.plusSeconds(7), step + "#1", Optional.empty(), moved.isEmpty());
    }

    private static List<Summary.Step> steps() {
        return List.of(
                step(
                        "latency",
                        "metric_check",
                        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service=\"shop\"}[5m])))",
                        List.of(),
                        List.of()),
                step("host_load", "host_command", "cat /proc/loadavg", List.of(), List.of()),
                step(
                        "sessions",
                        "sql_query",
                        "select wait_event_type, count(*) n\n  from pg_stat_activity\n where state = 'active'\n group by 1",
                        List.of(),
                        List.of()),
                step(
                        "slow_statements",
                        "log_query",
                        "service.name:\"shop\" AND message:\"duration\"",
                        List.of(),
                        List.of("The baseline is 9 minutes long instead of 15: the log begins there.")),
                step(
                        "plan",
                        "sql_query",
                        "explain (format json) select * from orders where customer_email = ?",
                        List.of(),
                        List.of()),
                step(
                        "wire",
                        "packet_capture",
                        "tcpdump -i eth0 'tcp port 5432'",
                        List.of(new Summary.Artifact("wire.pcap", 1_234_567, "9f86d081884c7d65".repeat(4))),
                        List.of()),
                new Summary.Step(
                        "pool",
                        "metric_check",
                        Optional.empty(),
                        Summary.Step.Status.TIMED_OUT,
                        Optional.of("0.2017 bits for 1 s"),
                        Optional.of(START.plusSeconds(12)),
                        Optional.of(5.0),
                        Optional.of("http://10.0.0.5:9100/metrics did not answer within 5 s"),
                        Optional.of("http://10.0.0.5:9100/metrics"),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of()),
                new Summary.Step(
                        "profile",
                        "profile",
                        Optional.empty(),
                        Summary.Step.Status.NOT_NEEDED,
                        Optional.of("0.0061 bits"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of()));
    }

    private static Summary.Step step(
            String id, String kind, String query, List<Summary.Artifact> artifacts, List<String> caveats) {
        return new Summary.Step(
                id,
                kind,
                Optional.empty(),
                Summary.Step.Status.ENDED,
                Optional.of("0.3853 bits for 10 s"),
                Optional.of(START.plusSeconds(2)),
                Optional.of(1.25),
                Optional.empty(),
                Optional.of(query),
                Optional.of(Map.of("count", 412L)),
                artifacts,
                Optional.of("Title of " + id),
                caveats);
    }
}
