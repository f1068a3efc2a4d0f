package dev.whydunit.cli;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Planning;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.engine.StepKind;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Values;
import dev.whydunit.expression.Variables;
import dev.whydunit.report.PlainText;
import dev.whydunit.runbook.BindFailure;
import dev.whydunit.runbook.Effect;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.running.ThisMachine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run would do, with every query as far as it can be told beforehand. Touches nothing. */
final class Plan {
    private final Runbook runbook;
    private final List<StepKind<?>> kinds;
    private final Variables variables;
    private final Belief prior;

    Plan(Application.Prepared prepared, Map<String, Object> alert) {
        this.runbook = prepared.runbook();
        this.kinds = prepared.kinds();
        this.prior = Belief.prior(RunbookBelief.tree(runbook));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("inputs", prepared.inputs());
        values.put("alert", alert);
        values.put("environment", prepared.configuration().environmentName());
        values.put("service", service(prepared));
        values.put("steps", Map.of());
        values.put("host", Values.of(ThisMachine.host()));
        this.variables = new Variables(values, prior::probability);
    }

    private static Map<String, Object> service(Application.Prepared prepared) {
        if (!(prepared.inputs().get("service") instanceof String name)) {
            return Map.of();
        }
        Map<String, Object> entry =
                new LinkedHashMap<>(prepared.configuration().services().getOrDefault(name, Map.of()));
        entry.put("name", name);
        return entry;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int asking = 0;
        for (Step step : runbook.steps().values()) {
            boolean asks = step.effect() == Effect.WRITE || step.approval();
            asking += asks ? 1 : 0;
            double gain = Planning.gainBits(prior, RunbookBelief.findings(step));
            text.append(String.format(
                    Locale.ROOT,
                    "%s (%s, %s%s): %.4f bits%s%n",
                    step.id(),
                    step.kind().name(),
                    step.effect().name().toLowerCase(Locale.ROOT),
                    asks ? ", needs approval" : "",
                    gain,
                    step.cost()
                            .map(cost -> " for " + cost.toMillis() / 1000.0 + " s")
                            .orElse("")));
            if (!step.needs().isEmpty()) {
                text.append("  after ").append(String.join(", ", step.needs())).append('\n');
            }
            step.condition()
                    .ifPresent(condition ->
                            text.append("  only if ").append(condition.source()).append('\n'));
            text.append("  ").append(rendered(step).replace("\n", "\n  ")).append('\n');
        }
        text.append('\n')
                .append(runbook.steps().size())
                .append(" steps: ")
                .append(runbook.steps().size() - asking)
                .append(" read, ")
                .append(asking)
                .append(asking == 1 ? " needs approval" : " need approval")
                .append(". Nothing was touched.\n");
        return PlainText.forTerminal(text.toString());
    }

    private String rendered(Step step) {
        Optional<StepKind<?>> kind = kinds.stream()
                .filter(one -> one.signature().name().equals(step.kind().name()))
                .findFirst();
        return kind.map(one -> rendered(step, one)).orElse("");
    }

    @SuppressWarnings("unchecked") // The registry pairs each kind with the parameters that its signature names.
    private <P extends Record> String rendered(Step step, StepKind<P> kind) {
        try {
            return kind.rendered(
                    step.parameters().bind((Class<P>) kind.signature().parameters(), variables));
        } catch (EvaluationFailure | BindFailure e) {
            return "known only when it runs: " + e.getMessage();
        }
    }
}
