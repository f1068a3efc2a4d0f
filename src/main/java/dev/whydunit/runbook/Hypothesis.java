package dev.whydunit.runbook;

import dev.whydunit.expression.Template;
import dev.whydunit.yaml.Position;
import java.util.List;
import java.util.Optional;

/**
 * A candidate cause.
 *
 * @param id unique in the whole tree
 * @param weight of its prior among its siblings
 * @param why the deeper causes of it
 */
public record Hypothesis(
        String id,
        Position position,
        String claim,
        double weight,
        Optional<Template> remedy,
        Optional<Template> prevention,
        List<Hypothesis> why) {
    /** Keeps its own copy of the children. */
    public Hypothesis {
        why = List.copyOf(why);
    }
}
