package dev.whydunit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.cases.Case;
import dev.whydunit.runbook.Runbook;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Runbook RUNBOOK = Fixture.runbook("""
            runbook: shop
            title: The shop is slow
            hypotheses:
              overload: {claim: No CPU is left}
              network: {claim: Packets are lost}
            steps:
              load:
                look: {at: host}
                findings:
                  saturated: {when: 'ratio > 0.9', says: 'load is ${{ ratio }}', supports: {overload: strong}}
              pressure:
                look: {at: host}
                findings:
                  waits: {when: 'count > 3', supports: {overload: strong}}
              wire:
                needs: [load]
                if: probability("network") > 0.3
                look: {at: wire}
                findings:
                  loss: {when: 'yes', supports: {network: strong}}
            """);

    private static final String SEEN = """
            case: one
            observations:
              load: {took: 1s, result: {ratio: 0.95}}
              pressure: {took: 2s, result: {count: 5}}
            """;

    private static List<Mismatch> mismatches(String expectation) {
        Case given = Fixture.given(RUNBOOK, SEEN + "expect: {" + expectation + "}\n");
        return Judge.compare(given, Fixture.replay().run(RUNBOOK, given));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            verdict: concluded
            path: overload
            'probability: {overload: 0.98..1, network: ..0.01}'
            'probability: {overload: 0.996}'
            'findings: {load.saturated: true, wire.loss: unknown}'
            'run: [load, pressure], not_run: wire'
            'order: [load, pressure]'
            within: 2s
            most_steps: 2
            """)
    void whatIsAsExpectedIsNotSaid(String expectation) {
        assertThat(mismatches(expectation)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            verdict: narrowed                    | the verdict narrowed              | concluded: overload (0.9959)
            path: network                        | the cause network                 | concluded: overload (0.9959)
            'probability: {network: 0.5..}'      | network from 0.5000 to 1.0000     | 0.0025
            'findings: {load.saturated: false}'  | load.saturated false              | true: load is 0.95
            'findings: {wire.loss: true}'        | wire.loss true                    | wire was not run: the verdict is clear; it would tell 0.0074 bits
            'run: [wire]'                        | wire to be run                    | wire was not run: the verdict is clear; it would tell 0.0074 bits
            'order: [pressure, load]'            | the order pressure, load          | load, pressure
            within: 1s                           | at most 1s                        | it took 2s: load, pressure
            most_steps: 1                        | at most 1 steps                   | 2: load, pressure
            'also_found: network'                | network to be found as well       | nothing was
            """)
    void whatIsNotAsExpectedIsSaid(String expectation, String expected, String actual) {
        assertThat(mismatches(expectation)).singleElement().satisfies(mismatch -> {
            assertThat(mismatch.expected()).isEqualTo(expected);
            assertThat(mismatch.actual()).startsWith(actual);
        });
    }

    @Test
    void itIsSaidWhatMovedBelief() {
        assertThat(mismatches("path: network, probability: {overload: ..0.5}")
                        .get(1)
                        .why())
                .containsExactly(
                        "overload came to 0.9959",
                        "overload ×20 by load.saturated, which is true: load is 0.95",
                        "overload ×20 by pressure.waits, which is true: count > 3 (count = 5)");
    }
}
