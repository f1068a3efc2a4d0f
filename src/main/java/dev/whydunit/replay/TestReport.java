package dev.whydunit.replay;

import java.util.List;
import java.util.Optional;

/**
 * What came of testing runbooks.
 *
 * @param seconds that it took, really
 */
public record TestReport(List<Suite> suites, double seconds) {
    /** Keeps its own copy. */
    public TestReport {
        suites = List.copyOf(suites);
    }

    /** One runbook's, with what else was asked for. */
    public record Suite(SuiteResult result, Optional<Coverage> coverage, Optional<MutationReport> mutation) {}

    /** How many cases there are. */
    public long count() {
        return suites.stream().mapToLong(suite -> suite.result().cases().size()).sum();
    }

    /** How many cases ended so. */
    public long count(CaseResult.Status status) {
        return suites.stream().mapToLong(suite -> suite.result().count(status)).sum();
    }

    /** Whether every case of every runbook passed. */
    public boolean passed() {
        return suites.stream().allMatch(suite -> suite.result().passed());
    }

    /** Whether some runbook or case could not be read. */
    public boolean unreadable() {
        return suites.stream().anyMatch(suite -> suite.result().unreadable());
    }

    /** The least share that the cases of a runbook reach; 1 where coverage was not asked for. */
    public double leastCoverage() {
        return suites.stream()
                .flatMap(suite -> suite.coverage().stream())
                .mapToDouble(Coverage::share)
                .min()
                .orElse(1);
    }

    /** The least mutation score; 1 where it was not asked for. */
    public double leastMutationScore() {
        return suites.stream()
                .flatMap(suite -> suite.mutation().stream())
                .mapToDouble(MutationReport::score)
                .min()
                .orElse(1);
    }
}
