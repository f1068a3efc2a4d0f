package dev.whydunit.authoring.rules;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps that never run, and conditions that are always the same. */
final class Reachability implements Check {
    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            Set<String> never = new HashSet<>();
            for (Step step : runbook.steps().values()) {
                Optional<Boolean> condition = step.condition().flatMap(Reachability::constant);
                if (condition.isPresent() && !condition.get()) {
                    never.add(step.id());
                    remarks.add(
                            "W107",
                            subject.keyAt("steps", step.id(), "if"),
                            "step '" + step.id() + "' never runs: its condition is always false",
                            "remove the step, or write the condition that is meant");
                } else if (condition.isPresent()) {
                    remarks.add(
                            "W109",
                            subject.keyAt("steps", step.id(), "if"),
                            "the condition of step '" + step.id() + "' is always true",
                            "leave 'if' out");
                }
                constantFindings(subject, step, remarks);
            }
            blocked(subject, runbook, never, remarks);
        });
    }

    private static void constantFindings(Subject subject, Step step, Remarks remarks) {
        for (Finding finding : step.findings()) {
            constant(finding.when())
                    .ifPresent(value -> remarks.add(
                            "W109",
                            subject.keyAt("steps", step.id(), "findings", finding.id(), "when"),
                            "finding '" + finding.id() + "' is always " + value + ": it reads nothing of the result",
                            "compare a field of the result with something"));
        }
    }

    private static void blocked(Subject subject, Runbook runbook, Set<String> never, Remarks remarks) {
        Map<String, Step> steps = runbook.steps();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Step step : steps.values()) {
                Optional<String> need =
                        step.needs().stream().filter(never::contains).findFirst();
                if (need.isPresent() && never.add(step.id())) {
                    grew = true;
                    remarks.add(
                            "W108",
                            subject.keyOf(step),
                            "step '" + step.id() + "' never runs: it needs " + need.get() + ", which never runs",
                            "drop the need, or let " + need.get() + " run");
                }
            }
        }
    }

    /** The value of an expression that reads nothing. */
    private static Optional<Boolean> constant(Expression expression) {
        if (!expression.references().isEmpty() || !expression.hypotheses().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(expression.test(Variables.of(Map.of())));
        } catch (EvaluationFailure e) {
            // Constant, and without a value: the finding is unknown for ever, as if it were false.
            return Optional.of(false);
        }
    }
}
