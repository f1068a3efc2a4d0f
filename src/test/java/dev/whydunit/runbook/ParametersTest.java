package dev.whydunit.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.SqlText;
import dev.whydunit.expression.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static Step step(String kind) {
        return RunbookParserTest.good("""
                        runbook: r
                        title: t
                        inputs: {text: {}, window: {type: duration}, n: {type: int}, names: {type: list}}
                        hypotheses: {h: {claim: c}}
                        steps:
                          s:
                            %s
                        """.formatted(kind)).steps().get("s");
    }

    private static Variables inputs(Object text) {
        return Variables.of(Map.of(
                "inputs", Map.of("text", text, "window", Duration.ofMinutes(5), "n", 7L, "names", List.of("a", "b"))));
    }

    @Test
    void valuesAreBoundWithTheirTypes() throws EvaluationFailure, BindFailure {
        Kinds.LogQuery bound =
                step("log_query: {query: 'name:${{ inputs.text }}', over: '${{ inputs.window }}', limit: '${{ inputs.n }}', fields: '${{ inputs.names }}'}")
                        .parameters()
                        .bind(Kinds.LogQuery.class, inputs("shop"));
        assertThat(bound)
                .isEqualTo(new Kinds.LogQuery(
                        Optional.empty(),
                        "name:\"shop\"",
                        Duration.ofMinutes(5),
                        Kinds.Baseline.NONE,
                        List.of("a", "b"),
                        7));
    }

    @Test
    void textAroundAValueIsReadAsTheComponentsType() throws EvaluationFailure, BindFailure {
        Kinds.LogQuery bound = step("log_query: {query: x, over: '${{ inputs.n }}m', baseline: '${{ inputs.text }}'}")
                .parameters()
                .bind(Kinds.LogQuery.class, inputs("day"));
        assertThat(bound.over()).isEqualTo(Duration.ofMinutes(7));
        assertThat(bound.baseline()).isEqualTo(Kinds.Baseline.DAY);
    }

    @Test
    void sqlValuesAreBindParameters() throws EvaluationFailure, BindFailure {
        Kinds.SqlQuery bound = step("sql_query: {query: 'select 1 where a = ${{ inputs.text }}'}")
                .parameters()
                .bind(Kinds.SqlQuery.class, inputs("' or 1=1"));
        assertThat(bound.query()).isEqualTo(new SqlText("select 1 where a = ?", List.of("' or 1=1")));
    }

    @Test
    void aValueThatDoesNotFitIsNamedWithItsPlace() {
        Step step = step("log_query: {query: x, baseline: '${{ inputs.text }}', limit: '${{ inputs.n }}000'}");
        assertThatThrownBy(() -> step.parameters().bind(Kinds.LogQuery.class, inputs("yesterday")))
                .isInstanceOf(BindFailure.class)
                .hasMessage("'baseline' is one of none, previous, day, not 'yesterday' (test.yaml:7:37)");
        assertThatThrownBy(() -> step.parameters().bind(Kinds.LogQuery.class, inputs("day")))
                .isInstanceOf(BindFailure.class)
                .hasMessage("log_query: limit is from 1 to 1000, not 7000 (test.yaml:7:66)");
    }

    @Test
    void whatComesFromOutsideStaysAValue() throws EvaluationFailure, BindFailure {
        Step step = step("host_command: {run: [echo, '${{ inputs.text }}'], env: {X: '${{ inputs.text }}'}}");
        Kinds.HostCommand bound = step.parameters().bind(Kinds.HostCommand.class, inputs("${{ inputs.n }} $(x)"));
        assertThat(bound.run()).containsExactly("echo", "${{ inputs.n }} $(x)");
        assertThat(bound.env()).containsExactly(Map.entry("X", "${{ inputs.n }} $(x)"));
        assertThatThrownBy(() -> step.parameters().bind(Kinds.HostCommand.class, inputs("-rf")))
                .isInstanceOf(EvaluationFailure.class);
    }

    @Test
    void hostsMayStandAmongTheParameters() throws EvaluationFailure {
        Step step = step("host_command: {run: [id], hosts: ['${{ inputs.names }}', web9]}");
        assertThat(step.hosts().orElseThrow().names(inputs("x"))).containsExactly("a", "b", "web9");
    }

    @Test
    void inputsComeFromTheCommandTheAlertAndDefaultsInThisOrder() {
        Runbook runbook = RunbookParserTest.good("""
                runbook: r
                title: t
                inputs:
                  service: {from: alert.labels.service, about: The service that is slow.}
                  window: {type: duration, default: 15m}
                  level: {choices: [low, high], default: low}
                  n: {type: int, default: 3}
                hypotheses: {h: {claim: c}}
                steps: {s: {host_command: {run: [id]}}}
                """);
        Map<String, Object> alert = Map.of("labels", Map.of("service", "shop"));
        assertThat(Inputs.resolve(runbook, Map.of("window", "1h"), alert).values())
                .isEqualTo(Map.of("service", "shop", "window", Duration.ofHours(1), "level", "low", "n", 3L));
        assertThat(Inputs.resolve(runbook, Map.of("service", "cart"), alert).values())
                .containsEntry("service", "cart");
        assertThat(Inputs.resolve(runbook, Map.of("servise", "x", "level", "hihg", "n", "three"), Map.of())
                        .problems())
                .extracting(problem -> problem.message() + " / " + problem.help())
                .containsExactly(
                        "runbook 'r' has no input 'servise' / did you mean 'service'?",
                        "input 'service' is needed: The service that is slow. / give it with -i service=…, or start from an alert that has alert.labels.service",
                        "input 'level' is one of low, high, not 'hihg' / did you mean 'high'?",
                        "input 'n' is a whole number, not 'three' / ");
    }
}
