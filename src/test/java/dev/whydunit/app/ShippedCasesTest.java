package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.cases.Case;
import dev.whydunit.engine.Event;
import dev.whydunit.replay.CaseFiles;
import dev.whydunit.replay.CaseResult;
import dev.whydunit.replay.CaseRunner;
import dev.whydunit.replay.Coverage;
import dev.whydunit.replay.Mismatch;
import dev.whydunit.replay.SuiteResult;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every shipped runbook comes to what its cases say, and they conclude each of its hypotheses. */
class ShippedCasesTest {
    private static List<SuiteResult> suites = List.of();

    @BeforeAll
    static void run() throws InterruptedException {
        try (CaseRunner runner = ShippedCases.runner()) {
            suites = runner.run(CaseFiles.find(List.of(ShippedCases.FOLDER)));
        }
    }

    @Test
    void everyCasePasses() {
        assertThat(suites)
                .extracting(SuiteResult::name)
                .contains("network_path", "slow_host", "triage", "web_slowdown");
        for (SuiteResult suite : suites) {
            assertThat(suite.problems()).as(suite.file()).isEmpty();
            assertThat(suite.cases()).as(suite.file()).isNotEmpty();
            for (CaseResult result : suite.cases()) {
                assertThat(result.problems()).as(result.file()).isEmpty();
                assertThat(result.mismatches())
                        .as(result.file())
                        .extracting(Mismatch::expected, Mismatch::actual)
                        .isEmpty();
                assertThat(result.notes()).as(result.file()).isEmpty();
            }
        }
    }

    @Test
    void theyReachEveryHypothesisFindingAndStep() {
        for (SuiteResult suite : suites) {
            Coverage coverage = Coverage.of(suite.runbook().orElseThrow(), suite.cases());
            assertThat(coverage.notConcluded()).as(suite.name()).isEmpty();
            assertThat(coverage.neverTrue()).as(suite.name()).isEmpty();
            assertThat(coverage.neverFalse()).as(suite.name()).isEmpty();
            assertThat(coverage.neverRun()).as(suite.name()).isEmpty();
        }
    }

    @Test
    void someWereRecordedFromARealInvestigation() {
        assertThat(suites.stream()
                        .flatMap(suite -> suite.cases().stream())
                        .filter(result -> result.name().startsWith("recorded_"))
                        .map(result -> result.given().map(Case::parallel)))
                .hasSizeGreaterThan(1);
    }

    @Test
    void equalCasesGiveEqualEventsOnBusyMachinesToo() throws InterruptedException {
        try (CaseRunner runner = ShippedCases.runner()) {
            List<SuiteResult> again = runner.run(CaseFiles.find(List.of(ShippedCases.FOLDER)));
            assertThat(again).hasSameSizeAs(suites);
            for (int i = 0; i < suites.size(); i++) {
                assertThat(events(again.get(i))).isEqualTo(events(suites.get(i)));
            }
        }
    }

    private static List<List<Event>> events(SuiteResult suite) {
        return suite.cases().stream()
                .map(result -> result.replayed().orElseThrow().events())
                .toList();
    }
}
