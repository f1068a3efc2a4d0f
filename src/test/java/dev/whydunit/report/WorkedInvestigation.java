package dev.whydunit.report;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Cause;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.belief.Sensitivity;
import dev.whydunit.belief.Strength;
import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.VerdictFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worked example of belief's documentation as the events that an engine would journal. */
public final class WorkedInvestigation {
    public static final String ID = "20260301-021300-7f3a";

    private static final Instant START = Instant.parse("2026-03-01T02:13:00Z");

    private static final HypothesisTree TREE = HypothesisTree.of(
            List.of(
                    new Cause("overload", Cause.COMMON, List.of()),
                    new Cause(
                            "database",
                            Cause.COMMON,
                            List.of(
                                    new Cause("slow_query", Cause.OCCASIONAL, List.of()),
                                    new Cause("lock_wait", Cause.OCCASIONAL, List.of()),
                                    new Cause("pool_exhausted", Cause.OCCASIONAL, List.of()))),
                    new Cause("network", Cause.OCCASIONAL, List.of())),
            HypothesisTree.DEFAULT_OTHER_CAUSE);

    private static final Map<String, Finding> FINDINGS = new LinkedHashMap<>();

    static {
        finding("latency.confirmed", "latency", Map.of(), Map.of());
        finding("host_load.saturated", "host_load", Map.of("overload", Strength.STRONG), Map.of());
        finding("sessions.waiting_for_locks", "sessions", Map.of("lock_wait", Strength.STRONG), Map.of());
        finding(
                "slow_statements.new_slow_pattern",
                "slow_statements",
                Map.of("slow_query", Strength.STRONG),
                Map.of("network", Strength.MODERATE));
        finding("slow_statements.slower", "slow_statements", Map.of("slow_query", Strength.MODERATE), Map.of());
        finding("plan.reads_much", "plan", Map.of("slow_query", Strength.STRONG), Map.of());
        finding("wire.loss", "wire", Map.of("network", Strength.STRONG), Map.of());
        finding("wire.clean", "wire", Map.of(), Map.of("network", Strength.STRONG));
    }

    private final List<Event> events = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private int second;

    private WorkedInvestigation() {}

    private static void finding(
            String id, String group, Map<String, Strength> supports, Map<String, Strength> refutes) {
        FINDINGS.put(
                id, new Finding(id, group, supports, refutes, Sensitivity.USUALLY, false, id.startsWith("latency")));
    }

    private static Finding of(String id) {
        return Optional.ofNullable(FINDINGS.get(id)).orElseThrow();
    }

    /** Only begun. */
    public static List<Event> begun() {
        return new WorkedInvestigation().start().events;
    }

    /** All four rows of the table, with a second, weaker finding in the group of slow statements. */
    public static List<Event> concluded() {
        WorkedInvestigation it = new WorkedInvestigation().start();
        it.step("latency", "metric_check", "histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket[5m])))");
        it.read("latency.confirmed", Outcome.TRUE, "p95 is 2.1 s, since 02:11:04");
        it.step("host_load", "host_command", "cat /proc/loadavg");
        it.read("host_load.saturated", Outcome.FALSE, "not so: 0.4 > 1.0");
        it.step("sessions", "sql_query", "select count(*)\n  from pg_stat_activity\n where wait_event_type = 'Lock'");
        it.read("sessions.waiting_for_locks", Outcome.FALSE, "not so: 0 > 5");
        it.step("slow_statements", "log_query", "service.name:\"shop\" AND message:\"duration\"");
        it.read("slow_statements.new_slow_pattern", Outcome.TRUE, "A statement pattern not seen before, 412 times");
        it.read("slow_statements.slower", Outcome.TRUE, "Its median went from 3 ms to 900 ms");
        it.step("plan", "sql_query", "explain select * from orders where customer_email = ?");
        it.read("plan.reads_much", Outcome.TRUE, "Seq Scan on orders reads 1200000 rows and returns 3");
        it.failed("wire", "packet_capture", "tcp port 5432");
        it.end();
        return it.events;
    }

    /** As {@link #concluded}, then a person noted something and ruled a cause out. */
    static List<Event> withPeople() {
        WorkedInvestigation it = new WorkedInvestigation();
        it.events.addAll(concluded());
        it.second = 60;
        it.events.add(new Event.Noted(it.next(), "kim", "the index was dropped by release 2026.9"));
        Finding word = dev.whydunit.engine.RunbookBelief.ruledOut("lock_wait");
        it.events.add(new Event.RuledOut(
                it.next(),
                "kim",
                "database.lock_wait",
                "nobody holds a lock",
                Belief.prior(TREE).moved(word, Outcome.TRUE)));
        FINDINGS.keySet().stream()
                .filter(id -> !id.startsWith("wire"))
                .forEach(id -> it.readings.add(new Reading(
                        of(id), id.startsWith("host") || id.startsWith("sess") ? Outcome.FALSE : Outcome.TRUE)));
        it.readings.add(new Reading(word, Outcome.TRUE));
        it.moved();
        return it.events;
    }

    /** As {@link #withPeople}, with this text wherever strangers' text can stand. */
    public static List<Event> hostile(String text) {
        return withPeople().stream().map(event -> hostile(event, text)).toList();
    }

    private static Event hostile(Event event, String x) {
        return switch (event) {
            case Event.StepChosen it -> new Event.StepChosen(it.at(), it.step(), x, it.gainBits(), it.costSeconds());
            case Event.StepStarted it ->
                new Event.StepStarted(it.at(), it.step(), it.target(), it.kind(), x, it.attempt());
            case Event.StepEnded it ->
                new Event.StepEnded(
                        it.at(),
                        it.step(),
                        it.target(),
                        it.status(),
                        it.seconds(),
                        x,
                        Map.of(x, x, "rows", List.of(Map.of(x, x)), "nested", Map.of("deep", Map.of(x, List.of(x)))),
                        it.hasData(),
                        List.of(new Artifact(x, 1, x)),
                        List.of(x),
                        it.error().map(error -> x),
                        it.help().map(help -> x));
            case Event.FindingRead it ->
                new Event.FindingRead(it.at(), it.step(), it.finding(), it.outcome(), x, it.moved(), it.target());
            case Event.Noted it -> new Event.Noted(it.at(), x, x);
            case Event.RuledOut it -> new Event.RuledOut(it.at(), x, it.hypothesis(), x, it.moved());
            default -> event;
        };
    }

    /** As {@link #concluded}, from a version whose journal did not keep what findings say. */
    static List<Event> ofAnOlderVersion() {
        List<Event> events = new ArrayList<>(concluded());
        Event.Started started = (Event.Started) events.getFirst();
        RunbookFacts facts = started.runbook();
        events.set(
                0,
                started(new RunbookFacts(
                        facts.id(),
                        facts.version(),
                        facts.title(),
                        facts.source(),
                        facts.sha256(),
                        facts.concludeAt(),
                        facts.hypotheses(),
                        facts.steps().stream()
                                .map(step -> new RunbookFacts.StepFacts(
                                        step.id(),
                                        step.kind(),
                                        step.title(),
                                        step.findings(),
                                        step.symptoms(),
                                        Optional.empty()))
                                .toList())));
        return events;
    }

    private WorkedInvestigation start() {
        Map<String, RunbookFacts.HypothesisFacts> hypotheses = new LinkedHashMap<>();
        Map<String, String> claims = Map.of(
                "overload", "The web host has no CPU left",
                "database", "The database answers slowly",
                "database.slow_query", "One query reads far more rows than it returns",
                "database.lock_wait", "Sessions wait for another session's lock",
                "database.pool_exhausted", "The connection pool is exhausted",
                "network", "Packets are lost between web and database");
        Belief.prior(TREE)
                .byPath()
                .forEach((path, prior) -> hypotheses.put(
                        path, new RunbookFacts.HypothesisFacts(claims.getOrDefault(path, ""), prior, "", "")));
        List<RunbookFacts.StepFacts> steps = new ArrayList<>();
        for (String step : List.of("latency", "host_load", "sessions", "slow_statements", "plan", "wire")) {
            Map<String, RunbookFacts.PushFacts> pushes = new LinkedHashMap<>();
            FINDINGS.values().stream()
                    .filter(finding -> finding.step().equals(step))
                    .forEach(finding -> pushes.put(
                            finding.id().substring(step.length() + 1),
                            new RunbookFacts.PushFacts(
                                    finding.group(),
                                    Belief.prior(TREE).moved(finding, Outcome.TRUE),
                                    Belief.prior(TREE).moved(finding, Outcome.FALSE))));
            steps.add(new RunbookFacts.StepFacts(
                    step,
                    step.equals("wire") ? "packet_capture" : step.equals("latency") ? "metric_check" : "log_query",
                    step,
                    List.copyOf(pushes.keySet()),
                    step.equals("latency") ? List.of("confirmed") : List.of(),
                    Optional.of(pushes)));
        }
        events.add(started(new RunbookFacts(
                "web_slowdown", "1.0.0", "Web application is slow", "web_slowdown.yaml", "", 0.8, hypotheses, steps)));
        moved();
        return this;
    }

    private static Event.Started started(RunbookFacts facts) {
        return new Event.Started(
                START,
                START,
                facts,
                "default",
                Trigger.command(),
                Map.of("service", "shop"),
                "p95 latency of shop is above 300 ms",
                Optional.empty());
    }

    private Instant next() {
        return START.plusSeconds(++second);
    }

    private void moved() {
        events.add(new Event.BeliefMoved(
                START.plusSeconds(second), Belief.after(TREE, readings).byPath()));
    }

    private void step(String step, String kind, String query) {
        events.add(new Event.StepChosen(next(), step, "0.2129 bits for 1.0 s", 0.2129, 1));
        events.add(new Event.StepStarted(next(), step, Optional.empty(), kind, query, 1));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("count", 412);
        result.put("rate", 0.123456789);
        result.put(
                "patterns",
                List.of(
                        Map.of("pattern", "select * from orders where customer_email = <*>"),
                        Map.of("pattern", "commit")));
        events.add(new Event.StepEnded(
                next(),
                step,
                Optional.empty(),
                StepStatus.ENDED,
                1.25,
                query,
                result,
                true,
                List.of(new Artifact(step + ".txt", 1234, "ab".repeat(32))),
                List.of(),
                Optional.empty(),
                Optional.empty()));
    }

    private void failed(String step, String kind, String query) {
        events.add(new Event.StepChosen(next(), step, "0.0061 bits for 10 s", 0.0061, 10));
        events.add(new Event.StepStarted(next(), step, Optional.empty(), kind, query, 1));
        events.add(new Event.StepEnded(
                next(),
                step,
                Optional.empty(),
                StepStatus.FAILED,
                0.1,
                query,
                Map.of(),
                false,
                List.of(),
                List.of(),
                Optional.of("you may not capture on eth0"),
                Optional.of("run as root, or give the java program the capability cap_net_raw")));
        for (String finding : List.of("loss", "clean")) {
            events.add(new Event.FindingRead(
                    next(),
                    step,
                    finding,
                    "unknown",
                    "not checked: you may not capture on eth0",
                    Map.of(),
                    Optional.empty()));
        }
    }

    private void read(String id, Outcome outcome, String says) {
        Finding finding = of(id);
        readings.add(new Reading(finding, outcome));
        events.add(new Event.FindingRead(
                next(),
                finding.step(),
                id.substring(finding.step().length() + 1),
                outcome.name().toLowerCase(java.util.Locale.ROOT),
                says,
                Belief.prior(TREE).moved(finding, outcome),
                Optional.empty()));
        moved();
    }

    private void end() {
        double probability = Belief.after(TREE, readings).probability("slow_query");
        events.add(new Event.Judged(
                next(),
                new VerdictFacts(
                        "concluded",
                        List.of("database", "slow_query"),
                        "One query reads far more rows than it returns",
                        probability,
                        "Add the index that the plan misses.",
                        "",
                        false,
                        List.of("plan", "slow_statements"),
                        List.of(),
                        List.of(),
                        Optional.empty())));
        events.add(new Event.Ended(next(), "completed"));
    }
}
