package dev.whydunit.runbook;

import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * What a file turned out to be.
 *
 * @param document the YAML as it stands in the file; empty when it could not be read to the end
 * @param runbook present exactly when there is no problem
 * @param problems all of them, in the order of the file
 */
public record ParsedRunbook(Optional<YamlNode> document, Optional<Runbook> runbook, List<Problem> problems) {
    /** Keeps its own copy of the problems. */
    public ParsedRunbook {
        problems = List.copyOf(problems);
    }
}
