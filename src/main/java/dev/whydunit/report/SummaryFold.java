package dev.whydunit.report;

import dev.whydunit.alert.Alert;
import dev.whydunit.belief.Outcome;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.VerdictFacts;
import dev.whydunit.report.Summary.NotChecked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Folds the events of an investigation into its summary. Works at any moment of it. Not thread-safe. */
public final class SummaryFold {
    private record StepKey(String step, Optional<String> target) {}

    private final String id;
    private final Event.Started started;
    private final Map<String, RunbookFacts.StepFacts> steps = new LinkedHashMap<>();
    private final Map<String, String> chosen = new LinkedHashMap<>();
    private final Map<StepKey, Instant> begun = new LinkedHashMap<>();
    private final List<Summary.Step> looked = new ArrayList<>();
    private final List<Summary.Evidence> evidence = new ArrayList<>();
    private final List<NotChecked> notChecked = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private Map<String, Double> belief = new LinkedHashMap<>();
    private Optional<VerdictFacts> verdict = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<String> stopped = Optional.empty();

    private SummaryFold(String id, Event.Started started) {
        this.id = id;
        this.started = started;
        started.runbook().hypotheses().forEach((path, facts) -> belief.put(path, facts.prior()));
        started.runbook().steps().forEach(step -> steps.put(step.id(), step));
    }

    /**
     * The summary.
     *
     * @param events from the first on
     * @throws IllegalArgumentException when the first event is not the start
     */
    public static Summary of(String id, List<Event> events) {
        if (events.isEmpty() || !(events.getFirst() instanceof Event.Started started)) {
            throw new IllegalArgumentException("investigation " + id + " has no beginning in the journal");
        }
        SummaryFold fold = new SummaryFold(id, started);
        events.forEach(fold::take);
        return fold.summary();
    }

    private void take(Event event) {
        switch (event) {
            case Event.Started first -> {}
            case Event.StepChosen choice -> chosen.put(choice.step(), choice.why());
            case Event.StepStarted first -> begun.putIfAbsent(new StepKey(first.step(), first.target()), first.at());
            case Event.StepEnded ended -> take(ended);
            case Event.StepNotRun notRun -> take(notRun);
            case Event.FindingRead read -> take(read);
            case Event.BeliefMoved moved -> belief = moved.belief();
            case Event.Approval approval -> {}
            case Event.Judged judged -> verdict = Optional.of(judged.verdict());
            case Event.Ended ended -> {
                endedAt = Optional.of(ended.at());
                stopped = switch (ended.ending()) {
                    case "completed" -> Optional.empty();
                    case "interrupted" -> Optional.of("by hand");
                    case "out_of_time" -> Optional.of("at its time limit");
                    default -> Optional.of(ended.ending());
                };
            }
        }
    }

    private void take(Event.StepEnded ended) {
        looked.add(new Summary.Step(
                ended.step(),
                kind(ended.step()),
                ended.target(),
                status(ended.status()),
                Optional.ofNullable(chosen.get(ended.step())),
                Optional.ofNullable(begun.get(new StepKey(ended.step(), ended.target()))),
                Optional.of(ended.seconds()),
                ended.error(),
                Optional.of(ended.query()).filter(query -> !query.isEmpty()),
                ended.result().isEmpty() ? Optional.empty() : Optional.of(ended.result()),
                ended.artifacts().stream()
                        .map(artifact -> new Summary.Artifact(artifact.name(), artifact.bytes(), artifact.sha256()))
                        .toList(),
                title(ended.step()),
                ended.caveats()));
        ended.error().ifPresent(error -> {
            String where = ended.target().map(target -> target + ": ").orElse("");
            notChecked.add(new NotChecked(ended.step(), where + error, ended.help()));
            unread.add(ended.step());
        });
    }

    private void take(Event.StepNotRun notRun) {
        looked.add(new Summary.Step(
                notRun.step(),
                kind(notRun.step()),
                Optional.empty(),
                status(notRun.status()),
                Optional.of(notRun.why()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                title(notRun.step()),
                List.of()));
        unread.add(notRun.step());
        if (notRun.status() != StepStatus.NOT_NEEDED) {
            notChecked.add(new NotChecked(notRun.step(), notRun.why(), Optional.empty()));
        }
    }

    private void take(Event.FindingRead read) {
        Outcome outcome = Outcome.valueOf(read.outcome().toUpperCase(Locale.ROOT));
        if (outcome == Outcome.UNKNOWN && !unread.contains(read.step())) {
            notChecked.add(new NotChecked(read.step(), read.finding() + " " + read.says(), Optional.empty()));
        }
        boolean symptom = Optional.ofNullable(steps.get(read.step()))
                .map(RunbookFacts.StepFacts::symptoms)
                .orElse(List.of())
                .contains(read.finding());
        evidence.add(new Summary.Evidence(
                read.step() + "." + read.finding(),
                read.step(),
                outcome,
                read.says(),
                read.moved(),
                read.at(),
                read.step() + read.target().map(target -> "@" + target).orElse(""),
                read.target(),
                symptom));
    }

    private String kind(String step) {
        return Optional.ofNullable(steps.get(step)).map(RunbookFacts.StepFacts::kind).orElse("");
    }

    private Optional<String> title(String step) {
        return Optional.ofNullable(steps.get(step)).map(RunbookFacts.StepFacts::title);
    }

    private static Summary.Step.Status status(StepStatus status) {
        return Summary.Step.Status.valueOf(status.name());
    }

    private Summary summary() {
        RunbookFacts runbook = started.runbook();
        Map<String, String> claims = new LinkedHashMap<>();
        runbook.hypotheses().forEach((path, facts) -> claims.put(path, facts.claim()));
        return new Summary(
                Summary.SCHEMA_VERSION,
                id,
                runbook.id(),
                Optional.of(runbook.version()).filter(version -> !version.isEmpty()),
                started.environment(),
                started.at(),
                endedAt,
                trigger(),
                started.inputs(),
                started.symptom(),
                verdict(),
                belief,
                evidence,
                looked,
                notChecked,
                nextSteps(),
                runbook.title(),
                claims,
                stopped);
    }

    private Summary.Trigger trigger() {
        Summary.Trigger.Kind kind =
                Summary.Trigger.Kind.valueOf(started.trigger().kind().toUpperCase(Locale.ROOT));
        Map<String, Object> alert = started.trigger().alert();
        return new Summary.Trigger(kind, alert.isEmpty() ? Optional.empty() : Optional.of(alert(alert)));
    }

    private static Alert alert(Map<String, Object> data) {
        return new Alert(
                text(data, "status").equals("resolved") ? Alert.Status.RESOLVED : Alert.Status.FIRING,
                texts(data, "labels"),
                texts(data, "annotations"),
                Instant.parse(text(data, "starts_at")),
                Optional.of(text(data, "ends_at")).filter(text -> !text.isEmpty()).map(Instant::parse),
                text(data, "fingerprint"),
                text(data, "generator_url"),
                text(data, "group_key"));
    }

    private static String text(Map<String, Object> data, String key) {
        return data.get(key) instanceof String text ? text : "";
    }

    private static TreeMap<String, String> texts(Map<String, Object> data, String key) {
        TreeMap<String, String> texts = new TreeMap<>();
        if (data.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private Summary.Verdict verdict() {
        if (verdict.isEmpty()) {
            return new Summary.Verdict(
                    Summary.Verdict.Status.INCONCLUSIVE,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(),
                    List.of(),
                    Optional.empty());
        }
        VerdictFacts facts = verdict.get();
        boolean caused = !facts.path().isEmpty();
        return new Summary.Verdict(
                Summary.Verdict.Status.valueOf(facts.status().toUpperCase(Locale.ROOT)),
                facts.path(),
                caused ? Optional.of(facts.claim()) : Optional.empty(),
                caused ? Optional.of(facts.probability()) : Optional.empty(),
                Optional.of(facts.remedy()).filter(remedy -> !remedy.isEmpty()),
                Optional.of(facts.prevention()).filter(prevention -> !prevention.isEmpty()),
                facts.robust(),
                facts.restsOn(),
                facts.alsoFound(),
                facts.unsupported());
    }

    /** What to do, or, where the cause is not known, what would tell more. */
    private List<String> nextSteps() {
        List<String> next = new ArrayList<>();
        String status = verdict.map(VerdictFacts::status).orElse("inconclusive");
        verdict.map(VerdictFacts::remedy).filter(remedy -> !remedy.isBlank()).ifPresent(next::add);
        if (status.equals("narrowed") || status.equals("inconclusive")) {
            for (NotChecked not : notChecked) {
                next.add("Make it possible to check " + not.step() + ", then run again: "
                        + not.help().orElse(not.why()));
            }
            for (List<String> pair : verdict.map(VerdictFacts::indistinguishable).orElse(List.of())) {
                next.add("No step of this runbook tells " + String.join(" from ", pair)
                        + ": add one that looks at the difference");
            }
            if (next.isEmpty()) {
                next.add("All that this runbook knows was looked at: the cause may be one that it does not know");
            }
        }
        if (status.equals("symptom_absent")) {
            next.add("If users still see the problem, check that the symptom is measured where they are");
        }
        return List.copyOf(next);
    }
}
