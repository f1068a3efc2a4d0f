package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.VerdictFacts;
import dev.whydunit.report.Summary.EvidenceSummary;
import dev.whydunit.report.Summary.NotChecked;
import dev.whydunit.report.Summary.PersonSummary;
import dev.whydunit.report.Summary.StepSummary;
import dev.whydunit.report.Summary.TriggerSummary;
import dev.whydunit.report.Summary.VerdictSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Folds the events of an investigation into its summary. Works at any moment of it. */
public final class SummaryFold {
    private static final int SCHEMA_VERSION = 1;

    private record StepKey(String step, Optional<String> target) {}

    private final String id;
    private final Event.Started started;
    private final Map<String, RunbookFacts.StepFacts> steps = new LinkedHashMap<>();
    private final Map<String, String> chosen = new LinkedHashMap<>();
    private final Map<StepKey, Instant> begun = new LinkedHashMap<>();
    private final List<StepSummary> looked = new ArrayList<>();
    private final List<EvidenceSummary> evidence = new ArrayList<>();
    private final List<NotChecked> notChecked = new ArrayList<>();
    private final List<PersonSummary> people = new ArrayList<>();
    private final Deeds deeds = new Deeds();
    private final Set<String> unread = new LinkedHashSet<>();
    private Map<String, Double> belief;
    private Optional<VerdictFacts> verdict = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private String ending = "running";

    private SummaryFold(String id, Event.Started started) {
        this.id = id;
        this.started = started;
        this.belief = prior();
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

    private Map<String, Double> prior() {
        Map<String, Double> prior = new LinkedHashMap<>();
        started.runbook().hypotheses().forEach((path, facts) -> prior.put(path, facts.prior()));
        return prior;
    }

    private void take(Event event) {
        deeds.take(event);
        switch (event) {
            case Event.Started first -> {}
            case Event.StepChosen choice -> chosen.put(choice.step(), choice.why());
            case Event.StepStarted first -> begun.putIfAbsent(new StepKey(first.step(), first.target()), first.at());
            case Event.StepEnded ended -> take(ended);
            case Event.StepNotRun notRun -> take(notRun);
            case Event.FindingRead read -> take(read);
            case Event.BeliefMoved moved -> belief = moved.belief();
            case Event.Approval approval -> {}
            case Event.ApprovalWithdrawn withdrawn -> {}
            case Event.Resumed resumed -> {
                if (endedAt.isPresent()) {
                    reopen();
                }
                evidence.removeIf(seen -> resumed.again().contains(seen.step()));
                looked.removeIf(step -> resumed.again().contains(step.id()));
                notChecked.removeIf(step -> resumed.again().contains(step.step()));
                begun.keySet().removeIf(key -> resumed.again().contains(key.step()));
            }
            case Event.ByPerson said -> people.add(said(said));
            case Event.Judged judged -> verdict = Optional.of(judged.verdict());
            case Event.Ended ended -> {
                endedAt = Optional.of(ended.at());
                ending = ended.ending();
            }
        }
    }

    /** It had ended and is gone on with: there is no verdict yet, and what was not run may be. */
    private void reopen() {
        endedAt = Optional.empty();
        ending = "running";
        verdict = Optional.empty();
        Set<String> begunSteps = begun.keySet().stream().map(StepKey::step).collect(Collectors.toSet());
        looked.removeIf(step -> !begunSteps.contains(step.id()));
        notChecked.removeIf(step -> !begunSteps.contains(step.step()));
    }

    private static PersonSummary said(Event.ByPerson event) {
        return switch (event) {
            case Event.Noted noted ->
                new PersonSummary("noted", noted.at(), noted.by(), Optional.empty(), noted.text());
            case Event.RuledOut out ->
                new PersonSummary("ruled_out", out.at(), out.by(), Optional.of(out.hypothesis()), out.because());
            case Event.Confirmed it ->
                new PersonSummary("confirmed", it.at(), it.by(), Optional.of(it.hypothesis()), it.because());
        };
    }

    private void take(Event.StepEnded ended) {
        looked.add(new StepSummary(
                ended.step(),
                kind(ended.step()),
                ended.target(),
                word(ended.status()),
                chosen.getOrDefault(ended.step(), ""),
                Optional.ofNullable(begun.get(new StepKey(ended.step(), ended.target()))),
                ended.seconds(),
                ended.error(),
                ended.help(),
                ended.query(),
                ended.result(),
                ended.artifacts(),
                ended.caveats()));
        ended.error().ifPresent(error -> {
            String help = ended.help().map(text -> " (" + text + ")").orElse("");
            notChecked.add(new NotChecked(
                    ended.step(), ended.target().map(target -> target + ": ").orElse("") + error + help));
            unread.add(ended.step());
        });
    }

    private void take(Event.StepNotRun notRun) {
        looked.add(new StepSummary(
                notRun.step(),
                kind(notRun.step()),
                Optional.empty(),
                word(notRun.status()),
                notRun.why(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                List.of(),
                List.of()));
        unread.add(notRun.step());
        if (notRun.status() != StepStatus.NOT_NEEDED) {
            notChecked.add(new NotChecked(notRun.step(), notRun.why()));
        }
    }

    private void take(Event.FindingRead read) {
        if (read.outcome().equals("unknown")) {
            if (!unread.contains(read.step())) {
                notChecked.add(new NotChecked(read.step(), read.finding() + " " + read.says()));
            }
            return;
        }
        boolean symptom = Optional.ofNullable(steps.get(read.step()))
                .map(RunbookFacts.StepFacts::symptoms)
                .orElse(List.of())
                .contains(read.finding());
        evidence.add(new EvidenceSummary(
                read.step() + "." + read.finding(),
                read.step(),
                read.outcome().equals("true"),
                read.says(),
                read.moved(),
                read.at(),
                read.step() + read.target().map(target -> "@" + target).orElse(""),
                symptom));
    }

    private String kind(String step) {
        return Optional.ofNullable(steps.get(step))
                .map(RunbookFacts.StepFacts::kind)
                .orElse("");
    }

    private static String word(StepStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private Summary summary() {
        RunbookFacts runbook = started.runbook();
        Map<String, String> claims = new LinkedHashMap<>();
        runbook.hypotheses().forEach((path, facts) -> claims.put(path, facts.claim()));
        return new Summary(
                SCHEMA_VERSION,
                id,
                runbook.id(),
                runbook.version(),
                runbook.title(),
                started.environment(),
                started.at(),
                endedAt,
                ending,
                new TriggerSummary(started.trigger().kind(), started.trigger().alert()),
                started.inputs(),
                started.symptom(),
                started.expected(),
                verdict.map(SummaryFold::verdict).orElseGet(SummaryFold::none),
                belief,
                prior(),
                claims,
                List.copyOf(evidence),
                List.copyOf(looked),
                List.copyOf(notChecked),
                nextSteps(),
                List.copyOf(people),
                deeds.actions());
    }

    private static VerdictSummary verdict(VerdictFacts facts) {
        return new VerdictSummary(
                facts.status(),
                facts.path(),
                facts.claim(),
                facts.probability(),
                facts.remedy(),
                facts.prevention(),
                facts.robust(),
                facts.restsOn(),
                facts.alsoFound());
    }

    private static VerdictSummary none() {
        return new VerdictSummary(
                "inconclusive", List.of(), "There is no verdict yet", 0, "", "", false, List.of(), List.of());
    }

    /** What to do, or, where the cause is not known, what would tell more. */
    private List<String> nextSteps() {
        List<String> next = new ArrayList<>();
        String status = verdict.map(VerdictFacts::status).orElse("inconclusive");
        if (status.equals("concluded") || status.equals("narrowed")) {
            verdict.map(VerdictFacts::remedy)
                    .filter(remedy -> !remedy.isBlank())
                    .ifPresent(next::add);
        }
        if (status.equals("narrowed") || status.equals("inconclusive")) {
            for (NotChecked not : notChecked) {
                next.add("Make step " + not.step() + " possible and run again: " + not.why());
            }
            for (List<String> pair :
                    verdict.map(VerdictFacts::indistinguishable).orElse(List.of())) {
                next.add("No step of this runbook tells " + String.join(" from ", pair)
                        + ": add a step that looks at the difference");
            }
            if (next.isEmpty()) {
                next.add(
                        "Everything that this runbook knows was looked at: the cause may be one that it does not know");
            }
        }
        if (status.equals("symptom_absent")) {
            next.add("If users still see the problem, check that the symptom's query looks where they are");
        }
        return List.copyOf(next);
    }
}
