package dev.whydunit.runbook;

import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a file turned out to be.
 *
 * @param runbook present exactly when there is no problem
 * @param problems all of them, in the order of the file
 */
public record ParsedRunbook(Optional<Runbook> runbook, List<Problem> problems) {
    /** Keeps its own copy of the problems. */
    public ParsedRunbook {
        problems = List.copyOf(problems);
    }
}
