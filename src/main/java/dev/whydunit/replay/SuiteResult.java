package dev.whydunit.replay;

import dev.whydunit.runbook.Runbook;
import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of the cases of one runbook.
 *
 * @param name the runbook's id, or its file's name where it has none
 * @param file the runbook's file as it is shown
 * @param text of the runbook
 * @param runbook empty when it has mistakes
 * @param problems the runbook's mistakes
 * @param cases in the order of their names
 */
public record SuiteResult(
        String name,
        String file,
        String text,
        Optional<Runbook> runbook,
        List<Problem> problems,
        List<CaseResult> cases) {

    /** Keeps its own copies. */
    public SuiteResult {
        problems = List.copyOf(problems);
        cases = List.copyOf(cases);
    }

    /** How many cases ended so. */
    public long count(CaseResult.Status status) {
        return cases.stream().filter(result -> result.status() == status).count();
    }

    /** Whether every case passed, and the runbook has no mistakes. */
    public boolean passed() {
        return runbook.isPresent() && count(CaseResult.Status.PASSED) == cases.size();
    }

    /** Whether the runbook or a case could not be read. */
    public boolean unreadable() {
        return runbook.isEmpty() || count(CaseResult.Status.UNREADABLE) > 0;
    }
}
