package dev.whydunit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.replay.Thresholds.Shift;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutantTest {
    private static final String YAML = """
            runbook: shop
            title: The shop is slow
            hypotheses:
              overload: {claim: No CPU is left}
              network: {claim: Packets are lost}
            steps:
              load:
                look: {at: host}
                findings:
                  saturated: {when: 'ratio > 0.9', supports: {overload: conclusive}, refutes: {network: weak}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ratio > 0.9                               | ratio > 0.45; ratio > 1.8
            count >= 3                                | count >= 1; count >= 6
            count > 0                                 | count > 1
            count == 1                                | count == 0; count == 2
            p95 > 2.0                                 | p95 > 1.0; p95 > 4.0
            rows[0].n > 5                             | rows[0].n > 2; rows[0].n > 10
            text == "at 5 o'clock"                    |
            since > duration("30m")                   | since > duration("15m"); since > duration("1h")
            2 * count > 10 && text != '7'             | 1 * count > 10 && text != '7'; 4 * count > 10 && text != '7'; 2 * count > 5 && text != '7'; 2 * count > 20 && text != '7'
            """)
    void numbersAndDurationsAreHalvedAndDoubled(String when, String shifted) {
        List<String> wanted = shifted == null ? List.of() : List.of(shifted.split("; "));

        assertThat(Thresholds.shifts(when)).extracting(Shift::condition).containsExactlyElementsOf(wanted);
    }

    @Test
    void everyFindingIsSilencedFlippedNegatedAndShifted() {
        assertThat(Mutant.of(Fixture.runbook(YAML)))
                .extracting(Mutant::change)
                .containsExactly(
                        "says nothing",
                        "supports and refutes exchanged",
                        "when negated",
                        "0.9 changed to 0.45",
                        "0.9 changed to 1.8");
    }

    @Test
    void aMutantIsTheRunbookWithThatOneChange() {
        Runbook runbook = Fixture.runbook(YAML);
        Mutant shifted = Mutant.of(runbook).get(3);

        assertThat(shifted.runbook()
                        .steps()
                        .get("load")
                        .findings()
                        .getFirst()
                        .when()
                        .source())
                .isEqualTo("ratio > 0.45");
        assertThat(runbook.steps().get("load").findings().getFirst().when().source())
                .isEqualTo("ratio > 0.9");
    }

    @Test
    void whatNoCaseNoticesIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("shop.yaml"), YAML);
        Path cases = Files.createDirectory(folder.resolve("shop.cases"));
        Path one = Files.writeString(cases.resolve("busy.yaml"), """
                case: busy
                observations: {load: {result: {ratio: 0.95}}}
                expect: {path: overload}
                """);
        try (CaseRunner runner = runner(folder)) {
            SuiteResult weak = runner.run(Map.of(file, List.of(one))).getFirst();
            assertThat(runner.mutate(weak).unnoticed())
                    .extracting(Mutant.Fate::change)
                    .containsExactly("0.9 changed to 0.45");

            Path another = Files.writeString(cases.resolve("not_busy.yaml"), """
                    case: not busy
                    observations: {load: {result: {ratio: 0.5}}}
                    expect: {verdict: inconclusive}
                    """);
            SuiteResult strong = runner.run(Map.of(file, List.of(one, another))).getFirst();
            assertThat(runner.mutate(strong).score()).isEqualTo(1);
        }
    }

    @Test
    void coverageNamesWhatNoCaseReaches(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("shop.yaml"), YAML);
        Path one = Files.writeString(
                Files.createDirectory(folder.resolve("shop.cases")).resolve("busy.yaml"), """
                case: busy
                observations: {load: {result: {ratio: 0.95}}}
                """);
        Map<Path, List<Path>> files = new LinkedHashMap<>(CaseFiles.find(List.of(folder)));
        assertThat(files).isEqualTo(Map.of(file, List.of(one)));
        try (CaseRunner runner = runner(folder)) {
            SuiteResult suite = runner.run(files).getFirst();
            Coverage coverage = Coverage.of(suite.runbook().orElseThrow(), suite.cases());

            assertThat(coverage.notConcluded()).containsExactly("network");
            assertThat(coverage.neverFalse()).containsExactly("load.saturated");
            assertThat(coverage.neverTrue()).isEmpty();
            assertThat(coverage.neverRun()).isEmpty();
            assertThat(coverage.share()).isEqualTo(3.0 / 5);
        }
    }

    private static CaseRunner runner(Path folder) {
        return new CaseRunner(
                new RunbookParser(List.of(new Fixture.NeverLooks().signature())), Fixture.replay(), folder, 2);
    }
}
