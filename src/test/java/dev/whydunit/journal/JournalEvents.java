package dev.whydunit.journal;

import dev.whydunit.engine.Artifact;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.VerdictFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of small investigations, one of each kind. */
public final class JournalEvents {
    private JournalEvents() {}

    public static Event started(String runbook, Instant at) {
        return new Event.Started(
                at,
                at,
                new RunbookFacts(
                        runbook,
                        "1.0.0",
                        "Title",
                        runbook + ".yaml",
                        "0".repeat(64),
                        0.8,
                        Map.of(
                                "other",
                                new RunbookFacts.HypothesisFacts("A cause that this runbook does not know", 1, "", "")),
                        List.of(new RunbookFacts.StepFacts(
                                "latency",
                                "metric_check",
                                "Is it slow?",
                                List.of("confirmed"),
                                List.of("confirmed"),
                                Optional.of(Map.of(
                                        "confirmed",
                                        new RunbookFacts.PushFacts("latency", Map.of("other", 1.5), Map.of())))))),
                "default",
                new Trigger("alert", Map.of("labels", Map.of("service", "shop"))),
                Map.of("service", "shop", "limit", 3, "ratio", 0.5),
                "p95 is high",
                Optional.empty());
    }

    public static Event ended(String step, StepStatus status, double seconds, Instant at) {
        return new Event.StepEnded(
                at,
                step,
                Optional.of("web1"),
                status,
                seconds,
                "rate(x[5m])",
                Map.of("last", 0.9, "series", List.of(Map.of("labels", Map.of("a", "b")))),
                true,
                List.of(new Artifact("latency.pcap", 12, "ab".repeat(32))),
                List.of("output cut"),
                Optional.empty(),
                Optional.empty());
    }

    public static List<Event> ofOneInvestigation(String runbook, Instant at) {
        return List.of(
                started(runbook, at),
                new Event.StepChosen(at, "latency", "0.3853 bits for 10 s", 0.3853, 10),
                new Event.StepStarted(at, "latency", Optional.empty(), "metric_check", "rate(x[5m])", 1),
                ended("latency", StepStatus.ENDED, 0.25, at.plusMillis(250)),
                new Event.FindingRead(
                        at,
                        "latency",
                        "confirmed",
                        "true",
                        "p95 is 0.9 s",
                        Map.of("database", 2.9957),
                        Optional.empty()),
                new Event.BeliefMoved(at, Map.of("database", 0.9, "other", 0.1)),
                new Event.Approval(at, "restart", "systemctl restart shop", false, "nobody"),
                new Event.ApprovalWithdrawn(at, "reload", "systemctl reload shop", "pool is no longer the verdict"),
                new Event.StepNotRun(at, "wire", StepStatus.NOT_NEEDED, "the verdict is clear"),
                new Event.Judged(
                        at,
                        new VerdictFacts(
                                "concluded",
                                List.of("database", "slow_query"),
                                "One query reads far more rows than it returns",
                                0.9859,
                                "Add an index",
                                "",
                                false,
                                List.of("plan"),
                                List.of(),
                                List.of(List.of("a", "b")),
                                Optional.empty())),
                new Event.Ended(at.plusSeconds(2), "completed"));
    }
}
