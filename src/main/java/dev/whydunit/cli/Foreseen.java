package dev.whydunit.cli;

import dev.whydunit.belief.Belief;
import dev.whydunit.cases.Case;
import dev.whydunit.engine.Permissions;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.engine.StepKind;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Values;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.BindFailure;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Step;
import dev.whydunit.running.OpenSources;
import dev.whydunit.source.SourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step would do as far as that can be told before anything was looked at, and what policy says to it. */
final class Foreseen {
    private final Application.Prepared prepared;
    private final Case unseen;
    private final List<SourceKind<?>> sources;

    /** @param unseen what the run is about */
    Foreseen(Application.Prepared prepared, Case unseen, List<SourceKind<?>> sources) {
        this.prepared = prepared;
        this.unseen = unseen;
        this.sources = List.copyOf(sources);
    }

    static String later(String why) {
        return "known only when it runs: " + why;
    }

    /** What a step that would not be run yet would send, as far as that is known. */
    String rendered(Step step) {
        return kind(step).map(one -> rendered(step, one)).orElse("");
    }

    /** What policy says to what it would do there; empty where that is known only when it runs. */
    Optional<PlannedDeed> deed(Step step, String label) {
        return kind(step).flatMap(one -> deed(step, one, label));
    }

    private Optional<StepKind<?>> kind(Step step) {
        return prepared.kinds().stream()
                .filter(one -> one.signature().name().equals(step.kind().name()))
                .findFirst();
    }

    private <P extends Record> String rendered(Step step, StepKind<P> kind) {
        try {
            return kind.rendered(bound(step, kind));
        } catch (EvaluationFailure | BindFailure e) {
            return later(String.valueOf(e.getMessage()));
        }
    }

    private <P extends Record> Optional<PlannedDeed> deed(Step step, StepKind<P> kind, String label) {
        // The label of a target begins with its host, and of one that cannot be looked at goes on with why.
        String host = label.split(", ", 2)[0];
        try (OpenSources names = new OpenSources(prepared.configuration(), sources)) {
            Permissions.Deed deed = Permissions.Deed.of(
                    kind,
                    bound(step, kind),
                    step.effect() == Effect.WRITE,
                    Optional.of(host).filter(name -> step.hosts().isPresent() && !name.isEmpty()),
                    unseen.host().name(),
                    names);
            return Optional.of(
                    PlannedDeed.of(prepared.configuration(), unseen.trigger().kind(), deed, step.approval()));
        } catch (EvaluationFailure | BindFailure e) {
            // The query says so already.
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // The registry pairs each kind with the parameters that its signature names.
    private <P extends Record> P bound(Step step, StepKind<P> kind) throws EvaluationFailure, BindFailure {
        return step.parameters().bind((Class<P>) kind.signature().parameters(), variables());
    }

    /** What is known before anything was looked at. */
    Variables variables() {
        Belief prior = Belief.prior(RunbookBelief.tree(prepared.runbook()));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("inputs", prepared.inputs());
        values.put("alert", unseen.trigger().alert());
        values.put("environment", unseen.environment());
        values.put("service", unseen.service());
        values.put("steps", Map.of());
        values.put("host", Values.of(unseen.host()));
        return new Variables(values, prior::probability);
    }
}
