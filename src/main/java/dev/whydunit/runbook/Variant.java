package dev.whydunit.runbook;

import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A runbook with one finding changed: what mutation testing asks its cases about. */
public final class Variant {
    private Variant() {}

    /** The runbook with a finding in place of the one that has its id. */
    public static Runbook with(Runbook runbook, String step, Finding changed) {
        Step old = Objects.requireNonNull(runbook.steps().get(step), step);
        List<Finding> findings = old.findings().stream()
                .map(finding -> finding.id().equals(changed.id()) ? changed : finding)
                .toList();
        Map<String, Step> steps = new LinkedHashMap<>(runbook.steps());
        steps.put(
                step,
                new Step(
                        old.id(),
                        old.position(),
                        old.title(),
                        old.kind(),
                        old.parameters(),
                        old.needs(),
                        old.condition(),
                        old.forEach(),
                        old.hosts(),
                        old.timeout(),
                        old.retry(),
                        old.expectData(),
                        old.cost(),
                        old.effect(),
                        old.approval(),
                        old.always(),
                        old.remedies(),
                        old.outputs(),
                        findings));
        return new Runbook(
                runbook.id(),
                runbook.position(),
                runbook.source(),
                runbook.title(),
                runbook.about(),
                runbook.version(),
                runbook.owner(),
                runbook.tags(),
                runbook.symptom(),
                runbook.expected(),
                runbook.triggers(),
                runbook.inputs(),
                runbook.otherCause(),
                runbook.concludeAt(),
                runbook.hypotheses(),
                steps);
    }

    /**
     * A finding's condition, changed.
     *
     * @param written the condition that is made from the finding's own, which stands in the runbook
     * @return empty when it is no condition: types do not go together any more
     */
    public static Optional<Expression> condition(Runbook runbook, String step, String written) {
        Step of = Objects.requireNonNull(runbook.steps().get(step), step);
        Map<String, ValueType> types = new LinkedHashMap<>();
        runbook.steps()
                .values()
                .forEach(other -> types.put(
                        other.id(),
                        RunbookScopes.step(
                                other.id(),
                                other.kind(),
                                other.outputs().keySet(),
                                other.findings().stream().map(Finding::id).toList())));
        Scope scope = RunbookScopes.beforeSteps(runbook.inputs()).with("steps", new ValueType.Struct("steps", types));
        if (of.forEach().isPresent()) {
            scope = scope.with(
                    "each",
                    of.forEach().get().type() instanceof ValueType.ListOf list
                            ? list.element()
                            : ValueType.Simple.DYNAMIC);
        }
        scope = scope.with(ValueType.of(of.kind().result()).fields());
        Optional<YamlNode> node = YamlReader.read("variant of " + runbook.source(), quoted(written))
                .root();
        return node.isPresent() && node.get() instanceof YamlNode.Scalar scalar
                ? Sources.expression(scalar, scope, ValueType.Simple.BOOL, new Problems())
                : Optional.empty();
    }

    /** In YAML's single quotes nothing but a quote is special; line ends between them are blanks, as they are to CEL. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replace('\n', ' ') + "'";
    }
}
