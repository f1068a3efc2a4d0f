package dev.whydunit.engine;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepRun.Sighting;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Values;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.BindFailure;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What expressions see in an investigation: inputs, alert, service, host, and what steps have shown so far. Thread-safe. */
final class Scene {
    private final World world;
    private final Request request;
    private final Instant anchor;
    private final Map<String, Object> shown = new ConcurrentHashMap<>();

    Scene(World world, Request request, Instant anchor) {
        this.world = world;
        this.request = request;
        this.anchor = anchor;
    }

    Instant anchor() {
        return anchor;
    }

    Event.Started started(Instant now, HypothesisTree tree, Belief prior) {
        Runbook runbook = request.runbook();
        Variables variables = variables(prior);
        Map<String, RunbookFacts.HypothesisFacts> hypotheses = new LinkedHashMap<>();
        prior.byPath().forEach((path, probability) -> hypotheses.put(path, facts(path, probability, variables)));
        Map<String, Object> inputs = new LinkedHashMap<>();
        request.inputs().forEach((name, value) -> PlainData.convert(value).ifPresent(plain -> inputs.put(name, plain)));
        return new Event.Started(
                now,
                anchor,
                new RunbookFacts(
                        runbook.id(),
                        runbook.version(),
                        runbook.title(),
                        runbook.source(),
                        request.sha256(),
                        runbook.concludeAt(),
                        hypotheses,
                        runbook.steps().values().stream()
                                .map(step -> facts(step, prior))
                                .toList()),
                request.environment(),
                request.trigger(),
                inputs,
                Judgement.text(runbook.symptom(), variables),
                runbook.expected().map(expected -> Judgement.text(expected, variables)));
    }

    private static RunbookFacts.StepFacts facts(Step step, Belief prior) {
        Map<String, RunbookFacts.PushFacts> pushes = new LinkedHashMap<>();
        for (dev.whydunit.belief.Finding finding : RunbookBelief.findings(step)) {
            pushes.put(
                    finding.id().substring(step.id().length() + 1),
                    new RunbookFacts.PushFacts(
                            finding.group(), prior.moved(finding, Outcome.TRUE), prior.moved(finding, Outcome.FALSE)));
        }
        return new RunbookFacts.StepFacts(
                step.id(),
                step.kind().name(),
                step.title(),
                step.findings().stream().map(Finding::id).toList(),
                step.findings().stream()
                        .filter(Finding::symptom)
                        .map(Finding::id)
                        .toList(),
                Optional.of(pushes));
    }

    private RunbookFacts.HypothesisFacts facts(String path, double probability, Variables variables) {
        return hypothesis(path)
                .map(found -> new RunbookFacts.HypothesisFacts(
                        found.claim(),
                        probability,
                        found.remedy()
                                .map(text -> Judgement.text(text, variables))
                                .orElse(""),
                        found.prevention()
                                .map(text -> Judgement.text(text, variables))
                                .orElse("")))
                .orElseGet(() -> new RunbookFacts.HypothesisFacts(otherClaim(path), probability, "", ""));
    }

    private Optional<Hypothesis> hypothesis(String path) {
        List<Hypothesis> level = request.runbook().hypotheses();
        Optional<Hypothesis> found = Optional.empty();
        for (String id : path.split("\\.", -1)) {
            found = level.stream()
                    .filter(hypothesis -> hypothesis.id().equals(id))
                    .findFirst();
            if (found.isEmpty()) {
                return found;
            }
            level = found.get().why();
        }
        return found;
    }

    private static String otherClaim(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0
                ? "A cause that this runbook does not know"
                : "Another reason for " + path.substring(path.lastIndexOf('.', dot - 1) + 1, dot);
    }

    /** What every expression sees, with the belief at this moment. */
    Variables variables(Belief belief) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("inputs", request.inputs());
        values.put("alert", alert());
        values.put("environment", request.environment());
        values.put("service", service());
        values.put("steps", Map.copyOf(shown));
        values.put("host", Values.of(world.hosts().here()));
        return new Variables(values, belief::probability);
    }

    /** The alert with its times as times. */
    private Map<String, Object> alert() {
        Map<String, Object> alert = new LinkedHashMap<>(request.trigger().alert());
        for (String time : List.of("starts_at", "ends_at")) {
            if (alert.get(time) instanceof String text) {
                alert.put(time, Instant.parse(text));
            }
        }
        return alert;
    }

    /** The catalogue's entry for the service that the inputs name; just the name where there is no entry. */
    private Map<String, Object> service() {
        Object name = request.inputs().get("service");
        if (!(name instanceof String text)) {
            return Map.of();
        }
        Map<String, Object> entry = new LinkedHashMap<>(world.services().getOrDefault(text, Map.of()));
        entry.put("name", text);
        return Map.copyOf(entry);
    }

    /** Why the step's condition does not let it run; empty when it may run. */
    Optional<String> obstacle(Step step, Belief belief) {
        if (step.condition().isEmpty()) {
            return Optional.empty();
        }
        Expression condition = step.condition().get();
        try {
            return condition.test(variables(belief))
                    ? Optional.empty()
                    : Optional.of("its condition is not met: " + condition.source());
        } catch (EvaluationFailure e) {
            return Optional.of("its condition could not be evaluated: " + e.getMessage());
        }
    }

    /** What the step will take: what its author says, else what it took before, else what its kind expects. */
    Duration cost(StepState state, Belief belief, Map<String, Double> medianSeconds) {
        Step step = state.step();
        if (step.cost().isPresent()) {
            return step.cost().get();
        }
        Double median = medianSeconds.get(step.id());
        if (median != null) {
            return Duration.ofNanos((long) (median * 1e9));
        }
        return kindCost(state.kind(), step, belief);
    }

    @SuppressWarnings("unchecked") // The registry pairs each kind with the parameters that its signature names.
    private <P extends Record> Duration kindCost(StepKind<P> kind, Step step, Belief belief) {
        try {
            List<Target> targets = targets(step, variables(belief));
            return targets.isEmpty()
                    ? kind.signature().cost()
                    : kind.cost(step.parameters()
                            .bind(
                                    (Class<P>) kind.signature().parameters(),
                                    targets.getFirst().variables()));
        } catch (EvaluationFailure | BindFailure e) {
            // The step itself will say what is wrong with its parameters when it runs.
            return kind.signature().cost();
        }
    }

    /** The hosts or items that a step looks at. */
    List<Target> targets(Step step, Variables variables) throws EvaluationFailure {
        List<Target> targets = new ArrayList<>();
        for (Optional<String> host : hosts(step, variables)) {
            Variables there = host.isEmpty() ? variables : atHost(host.get(), variables);
            if (step.forEach().isEmpty()) {
                targets.add(new Target(host, there));
                continue;
            }
            if (!(step.forEach().get().evaluate(there) instanceof List<?> items)) {
                throw new EvaluationFailure(
                        "for_each is not a list: " + step.forEach().get().source());
            }
            for (Object item : items) {
                String label = host.map(name -> name + ", ").orElse("") + item;
                targets.add(new Target(Optional.of(label), there.with(Map.of("each", item))));
            }
        }
        int most = world.limits().targets();
        if (targets.size() > most) {
            throw new EvaluationFailure("it would look at " + targets.size() + " targets; the limit is " + most);
        }
        return targets;
    }

    private List<Optional<String>> hosts(Step step, Variables variables) throws EvaluationFailure {
        if (step.hosts().isEmpty()) {
            return List.of(Optional.empty());
        }
        return step.hosts().get().names(variables).stream().map(Optional::of).toList();
    }

    private Variables atHost(String name, Variables variables) {
        return switch (world.hosts().reach(name)) {
            case Hosts.Reach.Reachable reachable -> variables.with(Map.of("host", Values.of(reachable.host())));
            case Hosts.Reach.Unreachable unreachable -> variables.with(Map.of("host", Map.of("name", name)));
        };
    }

    /** Why the target's host cannot be looked at; empty when it can. */
    Optional<Unseen> unreachable(Step step, Target target) {
        return reach(step, target).flatMap(reach -> switch (reach) {
            case Hosts.Reach.Reachable reachable -> Optional.empty();
            case Hosts.Reach.Unreachable unreachable ->
                Optional.of(new Unseen(Cause.FAILED, unreachable.why(), unreachable.help()));
        });
    }

    /** How commands are run on the target's host; empty when it is this machine. */
    Optional<Commands> commands(Step step, Target target) {
        return reach(step, target).flatMap(reach -> switch (reach) {
            case Hosts.Reach.Reachable reachable -> reachable.commands();
            case Hosts.Reach.Unreachable unreachable -> Optional.empty();
        });
    }

    /** What the step is about to do there, as policy is asked about it. */
    <P extends Record> Permissions.Deed deed(Step step, StepKind<P> kind, P parameters, Target target) {
        return Permissions.Deed.of(
                kind,
                parameters,
                step.effect() == Effect.WRITE,
                hostOf(step, target),
                world.hosts().here().name(),
                world.sources());
    }

    /** The host that a step names for this target; empty when it names none. */
    private Optional<Hosts.Reach> reach(Step step, Target target) {
        return hostOf(step, target).map(world.hosts()::reach);
    }

    private static Optional<String> hostOf(Step step, Target target) {
        return !step.hosts().isEmpty()
                        && target.variables().values().get("host") instanceof Map<?, ?> host
                        && host.get("name") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    /**
     * Makes what a step showed readable as {@code steps.ID}: of several targets, the first that showed anything.
     */
    void remember(StepState state, StepRun.Result result, List<Reading> readings) {
        Optional<Sighting> telling = result.sightings().stream()
                .filter(sighting -> sighting.observation() instanceof Seen)
                .findFirst();
        if (telling.isEmpty()) {
            return;
        }
        Map<String, Object> values =
                new LinkedHashMap<>(Values.of(((Seen) telling.get().observation()).result()));
        Map<String, Object> outputs = new LinkedHashMap<>();
        state.step().outputs().forEach((name, expression) -> {
            try {
                outputs.put(name, expression.evaluate(telling.get().variables()));
            } catch (EvaluationFailure e) {
                // Absent: whoever reads it is told so by name.
                outputs.remove(name);
            }
        });
        values.put("outputs", outputs);
        Map<String, Object> findings = new LinkedHashMap<>();
        for (int i = 0; i < readings.size(); i++) {
            if (readings.get(i).outcome() != Outcome.UNKNOWN) {
                findings.put(
                        state.step().findings().get(i).id(), readings.get(i).outcome() == Outcome.TRUE);
            }
        }
        values.put("findings", findings);
        shown.put(state.step().id(), Map.copyOf(values));
    }
}
