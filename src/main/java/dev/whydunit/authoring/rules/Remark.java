package dev.whydunit.authoring.rules;

import dev.whydunit.yaml.Problem;
import java.util.List;

/**
 * A problem with the edits that mend it.
 *
 * @param fix in any order, without overlaps; empty when a person must decide
 */
public record Remark(Problem problem, List<Edit> fix) {
    /** Keeps its own copy of the edits. */
    public Remark {
        fix = List.copyOf(fix);
    }
}
