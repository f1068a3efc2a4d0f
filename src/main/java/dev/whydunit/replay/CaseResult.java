package dev.whydunit.replay;

import dev.whydunit.cases.Case;
import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of one case.
 *
 * @param name of its file, without folder and ending
 * @param file as it is shown
 * @param text of the file; empty when it could not be read
 * @param given empty when it is not a case
 * @param replayed empty when it was not run
 * @param problems that kept it from being run
 * @param seconds that the replay took, really
 */
public record CaseResult(
        String name,
        String file,
        String text,
        Optional<Case> given,
        Optional<Replayed> replayed,
        List<Mismatch> mismatches,
        List<Problem> problems,
        List<Problem> notes,
        double seconds) {

    /** Keeps its own copies. */
    public CaseResult {
        mismatches = List.copyOf(mismatches);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** How it ended. */
    public enum Status {
        PASSED,
        FAILED,
        /** It could not be read, or does not fit its runbook. */
        UNREADABLE
    }

    /** How it ended. */
    public Status status() {
        if (replayed.isEmpty()) {
            return Status.UNREADABLE;
        }
        return mismatches.isEmpty() ? Status.PASSED : Status.FAILED;
    }
}
