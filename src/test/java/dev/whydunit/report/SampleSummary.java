package dev.whydunit.report;

import dev.whydunit.engine.Artifact;
import dev.whydunit.report.Summary.EvidenceSummary;
import dev.whydunit.report.Summary.NotChecked;
import dev.whydunit.report.Summary.StepSummary;
import dev.whydunit.report.Summary.TriggerSummary;
import dev.whydunit.report.Summary.VerdictSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                new VerdictSummary(
                        "concluded",
                        List.of("database", "slow_query"),
                        "One query reads far more rows than it returns",
                        0.842740,
                        "Add the index that the plan misses.",
                        "Run the query's plan in the performance tests.",
                        false,
                        List.of("plan", "slow_statements"),
                        List.of("overload")),
                belief(0.147479, 0.846339, 0.842740, 0.000439, 0.002107, 0.001054, 0.000037, 0.006145),
                evidence(),
                steps(),
                "completed");
    }

    /** The same investigation, stopped before the plan was looked at. */
    static Summary inconclusive() {
        return of(
                verdict("inconclusive", "The evidence does not single out a cause"),
                belief(0.028370, 0.844549, 0.778129, 0.008105, 0.038906, 0.019453, 0.013617, 0.113477),
                evidence().subList(0, 4),
                steps(),
                "interrupted");
    }

    /** Nothing was wrong. */
    static Summary symptomAbsent() {
        return of(
                verdict("symptom_absent", "The symptom is absent: nothing is wrong now"),
                prior(),
                List.of(evidence("latency.confirmed", false, "not so: 0.12 > 0.3", Map.of())),
                steps().subList(0, 1),
                "completed");
    }

    /** A verdict on a branch. */
    static Summary narrowed(boolean robust, String... restsOn) {
        Summary it = concluded();
        return of(
                new VerdictSummary(
                        "narrowed",
                        List.of("database"),
                        "The database answers slowly.",
                        0.99999,
                        "",
                        "",
                        robust,
                        List.of(restsOn),
                        List.of()),
                it.belief(),
                it.evidence(),
                it.steps(),
                "completed");
    }

    /** A step that ran on two hosts. */
    static Summary onHosts() {
        List<StepSummary> steps = new ArrayList<>();
        List<EvidenceSummary> evidence = new ArrayList<>();
        for (String host : List.of("web1", "web2")) {
            steps.add(new StepSummary(
                    "load",
                    "host_command",
                    Optional.of(host),
                    "ended",
                    "",
                    Optional.of(START),
                    0.1,
                    Optional.empty(),
                    Optional.empty(),
                    "ssh " + host + " uptime",
                    Map.of(),
                    List.of(),
                    List.of()));
            evidence.add(new EvidenceSummary(
                    "load.high",
                    "load",
                    true,
                    host + ": load is 9",
                    Map.of("overload", 3.0),
                    START,
                    "load@" + host,
                    false));
        }
        return of(concluded().verdict(), concluded().belief(), evidence, steps, "completed");
    }

    /** Where the first step has this query. */
    static Summary withQuery(String query) {
        return withFirstStep(query, Map.of());
    }

    /** Where the first step has this result. */
    static Summary withResult(Map<String, Object> result) {
        return withFirstStep("query", result);
    }

    private static Summary withFirstStep(String query, Map<String, Object> result) {
        Summary it = concluded();
        List<StepSummary> steps = new ArrayList<>(it.steps());
        steps.set(0, step("latency", "metric_check", query, result, List.of(), List.of()));
        return of(it.verdict(), it.belief(), it.evidence(), steps, "completed");
    }

    /** Hostile text wherever text can stand. */
    static Summary hostile() {
        String x = HOSTILE;
        return new Summary(
                1,
                x,
                x,
                x,
                x,
                x,
                START,
                Optional.of(START.plusSeconds(5)),
                x,
                new TriggerSummary(x, Map.of(x, x)),
                Map.of(x, x),
                x,
                Optional.of(x),
                new VerdictSummary("concluded", List.of("h"), x, 1.0, x, x, false, List.of(x, x), List.of(x)),
                ordered("h", 1.0, x, 0.0, "other", Double.MIN_VALUE),
                ordered("h", 0.5, x, 0.25, "other", 0.25),
                Map.of("h", x, x, x),
                List.of(
                        new EvidenceSummary(x, x, true, x, Map.of("h", 3.0), START, x, false),
                        new EvidenceSummary(x, x, false, x, Map.of(x, -3.0), START, x, false),
                        new EvidenceSummary(x, x, true, x, Map.of("h", -3.0), START, x, false),
                        new EvidenceSummary(x, x, true, "", Map.of(), START, x, false),
                        new EvidenceSummary(x, x, true, x, Map.of(), START, x, true)),
                List.of(new StepSummary(
                        x,
                        x,
                        Optional.of(x),
                        x,
                        x,
                        Optional.of(START),
                        1.0,
                        Optional.of(x),
                        Optional.of(x),
                        x,
                        Map.of(x, x),
                        List.of(new Artifact(x, 1, x)),
                        List.of(x))),
                List.of(new NotChecked(x, x)),
                List.of(x),
                List.of(new Summary.PersonSummary("noted", START, x, Optional.of(x), x)),
                List.of(new Summary.ActionSummary(x, Optional.of(x), x, x, START, x, Optional.of(1L), Optional.of(x))));
    }

    private static Summary of(
            VerdictSummary verdict,
            Map<String, Double> belief,
            List<EvidenceSummary> evidence,
            List<StepSummary> steps,
            String ending) {
        boolean absent = verdict.status().equals("symptom_absent");
        return new Summary(
                1,
                "20260301-021300-7f3a",
                "web_slowdown",
                "1.0.0",
                "Web application is slow",
                "default",
                START,
                Optional.of(START.plusMillis(23_400)),
                ending,
                absent ? new TriggerSummary("command", Map.of()) : new TriggerSummary("alert", alert()),
                inputs(),
                "p95 latency of shop is above 300 ms",
                Optional.of("p95 latency stays below 300 ms"),
                verdict,
                belief,
                prior(),
                claims(),
                evidence,
                steps,
                absent
                        ? List.of()
                        : List.of(
                                new NotChecked(
                                        "pool",
                                        "http://10.0.0.5:9100/metrics did not answer within 5 s (check that the exporter runs: systemctl status shop)"),
                                new NotChecked("kernel", "needs sessions, which failed")),
                absent
                        ? List.of("If users still see the problem, check that the symptom's query looks where they are")
                        : List.of(
                                "Roll release 2026.9 back if the index cannot be added within the hour.",
                                "No step of this runbook tells lock_wait from pool_exhausted: add a step that looks at the difference"),
                List.of(),
                List.of());
    }

    private static VerdictSummary verdict(String status, String claim) {
        return new VerdictSummary(status, List.of(), claim, 0, "", "", false, List.of(), List.of());
    }

    private static Map<String, Object> alert() {
        return ordered(
                "status",
                "firing",
                "labels",
                ordered("alertname", "HighLatency", "service", "shop", "severity", "critical"),
                "starts_at",
                "2026-03-01T02:12:30Z");
    }

    @SuppressWarnings("unchecked") // the callers' values have one type
    private static <V> Map<String, V> ordered(Object... namesAndValues) {
        Map<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], (V) namesAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Double> prior() {
        return belief(0.3, 0.3, 0.0857, 0.0857, 0.0857, 0.0429, 0.15, 0.25);
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

    private static List<EvidenceSummary> evidence() {
        Map<String, Double> pattern = new LinkedHashMap<>();
        pattern.put("database.slow_query", Math.log(20));
        pattern.put("network", -Math.log(5));
        return List.of(
                evidence("latency.confirmed", true, "p95 is 2.1 s, since 02:11:04", Map.of()),
                evidence("host_load.saturated", true, "load 7.9 on 4 CPUs", Map.of("overload", Math.log(20))),
                evidence(
                        "sessions.waiting_for_locks",
                        false,
                        "not so: 0 > 5",
                        Map.of("database.lock_wait", Math.log(0.2 / 0.96))),
                evidence(
                        "slow_statements.new_slow_pattern",
                        true,
                        "A statement pattern not seen before: select * from orders where customer_email = <*>, 412 times since 02:11",
                        pattern),
                evidence(
                        "plan.reads_much",
                        true,
                        "Seq Scan on orders reads 1 200 000 rows and returns 3",
                        Map.of("database.slow_query", Math.log(20))),
                evidence("wire.clean", true, "", Map.of("network", -Math.log(20))),
                evidence("wire.loss", false, "not so: 0.0002 > 0.02", Map.of("network", Math.log(0.2 / 0.96))));
    }

    private static EvidenceSummary evidence(String id, boolean outcome, String says, Map<String, Double> moved) {
        String step = id.substring(0, id.indexOf('.'));
        return new EvidenceSummary(id, step, outcome, says, moved, START.plusSeconds(7), step, moved.isEmpty());
    }

    private static List<StepSummary> steps() {
        Map<String, Object> result = Map.of("count", 412);
        return List.of(
                step(
                        "latency",
                        "metric_check",
                        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service=\"shop\"}[5m])))",
                        result,
                        List.of(),
                        List.of()),
                step("host_load", "host_command", "cat /proc/loadavg", result, List.of(), List.of()),
                step(
                        "sessions",
                        "sql_query",
                        "select wait_event_type, count(*) n\n  from pg_stat_activity\n where state = 'active'\n group by 1",
                        result,
                        List.of(),
                        List.of()),
                step(
                        "slow_statements",
                        "log_query",
                        "service.name:\"shop\" AND message:\"duration\"",
                        result,
                        List.of(),
                        List.of("The baseline is 9 minutes long instead of 15: the log begins there.")),
                step(
                        "plan",
                        "sql_query",
                        "explain (format json) select * from orders where customer_email = ?",
                        result,
                        List.of(),
                        List.of()),
                step(
                        "wire",
                        "packet_capture",
                        "tcpdump -i eth0 'tcp port 5432'",
                        result,
                        List.of(new Artifact("wire.pcap", 1_234_567, "9f86d081884c7d65".repeat(4))),
                        List.of()),
                new StepSummary(
                        "pool",
                        "metric_check",
                        Optional.empty(),
                        "timed_out",
                        "0.2017 bits for 1 s",
                        Optional.of(START.plusSeconds(12)),
                        5.0,
                        Optional.of("http://10.0.0.5:9100/metrics did not answer within 5 s"),
                        Optional.of("check that the exporter runs: systemctl status shop"),
                        "http://10.0.0.5:9100/metrics",
                        Map.of(),
                        List.of(),
                        List.of()),
                new StepSummary(
                        "profile",
                        "profile",
                        Optional.empty(),
                        "not_needed",
                        "0.0061 bits",
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Map.of(),
                        List.of(),
                        List.of()));
    }

    private static StepSummary step(
            String id,
            String kind,
            String query,
            Map<String, Object> result,
            List<Artifact> artifacts,
            List<String> caveats) {
        return new StepSummary(
                id,
                kind,
                Optional.empty(),
                "ended",
                "0.3853 bits for 10 s",
                Optional.of(START.plusSeconds(2)),
                1.25,
                Optional.empty(),
                Optional.empty(),
                query,
                result,
                artifacts,
                caveats);
    }
}
