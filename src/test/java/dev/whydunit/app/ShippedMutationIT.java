package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.replay.CaseFiles;
import dev.whydunit.replay.CaseRunner;
import dev.whydunit.replay.Mutant;
import dev.whydunit.replay.MutationReport;
import dev.whydunit.replay.SuiteResult;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Changes each finding and threshold of the shipped runbooks: nine of ten changes at least must fail a case. */
class ShippedMutationIT {
    @Test
    void theCasesOfTheShippedRunbooksNoticeNineOfTenChanges() throws InterruptedException {
        try (CaseRunner runner = ShippedCases.runner()) {
            for (SuiteResult suite : runner.run(CaseFiles.find(List.of(ShippedCases.FOLDER)))) {
                MutationReport report = runner.mutate(suite);
                System.out.printf(
                        Locale.ROOT,
                        "mutation score of %s: %.1f %% (%d of %d)%n",
                        suite.name(),
                        report.score() * 100,
                        report.noticed(),
                        report.fates().size());
                assertThat(report.score())
                        .as(() -> suite.name() + ": "
                                + report.unnoticed().stream()
                                        .map(Mutant.Fate::toString)
                                        .toList())
                        .isGreaterThanOrEqualTo(0.9);
            }
        }
    }
}
