package dev.whydunit.cases;

import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a case's text turned out to be.
 *
 * @param content as far as it goes, when there is a case in it at all
 * @param problems mistakes
 * @param notes what is no mistake but worth knowing
 */
public record ParsedCase(Optional<Case> content, List<Problem> problems, List<Problem> notes) {
    /** A name that the runbook does not have (any more): a step, a finding, a hypothesis, an input, a field of a result. */
    private static final Set<String> UNKNOWN_NAMES = Set.of("E701", "E702", "E703", "E706", "E504");

    /** Keeps its own copies. */
    public ParsedCase {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** Whether what is wrong is only that the runbook does not have some names: it was changed since. */
    public boolean fitsExceptForNames() {
        return content.isPresent() && problems.stream().allMatch(problem -> UNKNOWN_NAMES.contains(problem.code()));
    }
}
