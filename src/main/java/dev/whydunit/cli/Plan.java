package dev.whydunit.cli;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.Place;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Hosts;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.replay.Replay;
import dev.whydunit.replay.Replayed;
import dev.whydunit.report.PlainText;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.running.ConfiguredHosts;
import dev.whydunit.running.ConfiguredSecrets;
import dev.whydunit.running.ThisMachine;
import dev.whydunit.source.SourceKind;
import dev.whydunit.yaml.YamlNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do, in which order and why, with every query as far as it can be told beforehand: the real engine on a case in
 * which no step sees anything. Touches nothing. What steps see in a real run may change the order and make some of them needless.
 */
final class Plan {
    private final Application.Prepared prepared;
    private final Runbook runbook;
    private final Case unseen;
    private final Replayed replayed;
    private final Hosts hosts;
    private final Foreseen foreseen;
    private final List<SourceKind<?>> sources;
    private final StringBuilder text = new StringBuilder();

    Plan(Application.Prepared prepared, RunJob job, List<SourceKind<?>> sources) {
        this.prepared = prepared;
        this.sources = sources;
        this.runbook = prepared.runbook();
        this.unseen = new Case(
                runbook.source(),
                "plan",
                new Place(runbook.position(), 1),
                InstantSource.system().instant(),
                prepared.configuration().environmentName(),
                job.trigger(),
                prepared.inputs(),
                ConfiguredSecrets.service(prepared.configuration(), prepared.inputs()),
                ThisMachine.host(),
                Map.of(),
                job.parallel(),
                Map.of(),
                List.of());
        this.replayed = new Replay(prepared.kinds()).run(runbook, unseen);
        this.foreseen = new Foreseen(prepared, unseen, sources);
        this.hosts =
                new ConfiguredHosts(ThisMachine.host(), prepared.configuration().hosts());
    }

    String text() {
        List<Step> steps = new ArrayList<>();
        for (Event event : replayed.events()) {
            if (event instanceof Event.StepChosen choice) {
                Step step = step(choice.step());
                steps.add(step);
                chosen(steps.size(), step, choice);
            }
        }
        for (Step step : runbook.steps().values()) {
            if (!steps.contains(step)) {
                heading("-", step);
                text.append('\n');
                details(step);
                later(step).forEach(one -> show(step, one));
            }
        }
        summary();
        return PlainText.forTerminal(text.toString());
    }

    /** The same as a JSON document: the steps in the order of the plan, those that it does not choose last and without why. */
    String json() {
        Map<String, Object> steps = new LinkedHashMap<>();
        for (Event event : replayed.events()) {
            if (event instanceof Event.StepChosen choice) {
                steps.put(choice.step(), data(step(choice.step()), Optional.of(choice.why())));
            }
        }
        for (Step step : runbook.steps().values()) {
            if (!steps.containsKey(step.id())) {
                steps.put(step.id(), data(step, Optional.empty()));
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runbook", runbook.id());
        json.put("dryRun", true);
        json.put("steps", List.copyOf(steps.values()));
        json.put("missingInputs", missing());
        return JsonText.of(json);
    }

    private Map<String, Object> data(Step step, Optional<String> why) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", step.id());
        json.put("kind", step.kind().name());
        json.put("title", step.title());
        json.put("effect", step.effect().name().toLowerCase(Locale.ROOT));
        json.put("approval", asks(step));
        why.ifPresent(said -> json.put("why", said));
        step.kind().source().ifPresent(type -> json.put("source", source(step, type)));
        json.put("needs", step.needs());
        step.remedies().ifPresent(hypothesis -> json.put("remedies", hypothesis));
        List<Query> queries = why.isPresent() ? queries(step) : later(step);
        json.put("queries", queries.stream().map(one -> data(step, one)).toList());
        return json;
    }

    private Map<String, Object> data(Step step, Query query) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!query.target().isEmpty()) {
            json.put("target", query.target());
        }
        json.put("query", query.text());
        foreseen.deed(step, query.target()).ifPresent(deed -> json.put("policy", deed.json()));
        return json;
    }

    private List<String> missing() {
        return runbook.inputs().keySet().stream()
                .filter(input -> !prepared.inputs().containsKey(input))
                .toList();
    }

    private Step step(String id) {
        Step step = runbook.steps().get(id);
        if (step == null) {
            throw new IllegalStateException("the plan names " + id + ", which the runbook does not");
        }
        return step;
    }

    private void chosen(int number, Step step, Event.StepChosen choice) {
        heading(Integer.toString(number), step);
        text.append(": ").append(choice.why()).append('\n');
        details(step);
        queries(step).forEach(one -> show(step, one));
    }

    private void show(Step step, Query query) {
        query(query.target(), query.text());
        foreseen.deed(step, query.target())
                .flatMap(PlannedDeed::text)
                .ifPresent(said -> text.append(said).append('\n'));
    }

    /** What is sent to a target; the target is empty where there is only one. */
    private record Query(String target, String text) {}

    private List<Query> queries(Step step) {
        List<Query> queries = new ArrayList<>();
        for (Event event : replayed.events()) {
            if (event instanceof Event.StepEnded ended && ended.step().equals(step.id())) {
                // A step whose parameters cannot be put together yet has sent nothing.
                String sent =
                        ended.query().isEmpty() ? Foreseen.later(ended.error().orElse("")) : ended.query();
                queries.add(new Query(ended.target().map(this::target).orElse(""), sent));
            } else if (event instanceof Event.StepNotRun notRun && notRun.step().equals(step.id())) {
                queries.add(new Query("", Foreseen.later(notRun.why())));
            }
        }
        return queries.isEmpty() ? later(step) : queries;
    }

    /** What a step that is not chosen yet would send, on each of its hosts as far as they are known. */
    private List<Query> later(Step step) {
        if (step.hosts().isEmpty()) {
            return List.of(new Query("", foreseen.rendered(step)));
        }
        try {
            return step.hosts().get().names(foreseen.variables()).stream()
                    .map(host -> new Query(target(host), foreseen.rendered(step)))
                    .toList();
        } catch (EvaluationFailure e) {
            return List.of(new Query("", Foreseen.later(String.valueOf(e.getMessage()))));
        }
    }

    private void heading(String number, Step step) {
        boolean asks = asks(step);
        text.append(String.format(
                Locale.ROOT,
                "%3s %s (%s, %s%s)",
                number.equals("-") ? number : number + ".",
                step.id(),
                step.kind().name(),
                step.effect().name().toLowerCase(Locale.ROOT),
                asks ? ", needs approval" : ""));
    }

    private void details(Step step) {
        if (!step.title().equals(step.id())) {
            text.append("    ").append(step.title()).append('\n');
        }
        step.kind()
                .source()
                .ifPresent(type ->
                        text.append("    from ").append(source(step, type)).append('\n'));
        if (!step.needs().isEmpty()) {
            text.append("    after ").append(String.join(", ", step.needs())).append('\n');
        }
        step.remedies()
                .ifPresent(hypothesis -> text.append("    once the verdict is ")
                        .append(hypothesis)
                        .append('\n'));
        step.condition()
                .ifPresent(condition ->
                        text.append("    only if ").append(condition.source()).append('\n'));
    }

    /** The source that it reads: the one that it names, else the only one that fits. */
    private String source(Step step, Class<?> type) {
        List<String> kinds = sources.stream()
                .filter(kind -> kind.type() == type)
                .<String>map(SourceKind::name)
                .toList();
        String named = step.parameters().written() instanceof YamlNode.Mapping mapping
                ? mapping.get("source")
                        .or(() -> mapping.get("path"))
                        .map(Object::toString)
                        .orElse("")
                : "";
        if (!named.isEmpty()) {
            return named;
        }
        return prepared.configuration().sources().values().stream()
                .filter(source -> kinds.contains(source.kind()))
                .map(source -> source.name() + " (" + source.kind() + ")")
                .findFirst()
                .orElse("no source: none of kind " + String.join(" or ", kinds)
                        + " is configured, so that it will not be checked");
    }

    private void query(String target, String query) {
        if (!target.isEmpty()) {
            text.append("    on ").append(target).append('\n');
        }
        text.append("    | ").append(query.strip().replace("\n", "\n    | ")).append('\n');
    }

    /** A target, and why its host cannot be looked at. */
    private String target(String label) {
        String host = label.contains(", ") ? label.substring(0, label.indexOf(", ")) : label;
        boolean isHost = unseen.service().get("hosts") instanceof List<?> names && names.contains(host)
                || prepared.configuration().hosts().containsKey(host);
        return isHost && hosts.reach(host) instanceof Hosts.Reach.Unreachable unreachable
                ? label + ", which will not be checked: " + unreachable.why()
                : label;
    }

    private static boolean asks(Step step) {
        return step.effect() == Effect.WRITE || step.approval();
    }

    private void summary() {
        long asking = runbook.steps().values().stream().filter(Plan::asks).count();
        int all = runbook.steps().size();
        List<String> missing = missing();
        text.append('\n')
                .append(all)
                .append(all == 1 ? " step: " : " steps: ")
                .append(all - asking)
                .append(" read, ")
                .append(asking)
                .append(asking == 1 ? " needs approval" : " need approval");
        if (!missing.isEmpty()) {
            text.append("; ")
                    .append(missing.size())
                    .append(missing.size() == 1 ? " input missing: " : " inputs missing: ")
                    .append(String.join(", ", missing));
        }
        text.append(". Nothing was touched.\n");
    }
}
