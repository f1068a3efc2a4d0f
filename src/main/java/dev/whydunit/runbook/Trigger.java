package dev.whydunit.runbook;

import dev.whydunit.yaml.Position;
import java.util.List;

/**
 * Which alerts start the runbook: those that meet every matcher.
 *
 * @param matchers as Alertmanager writes them
 */
public record Trigger(Position position, List<Matcher> matchers) {
    /** Keeps its own copy of the matchers. */
    public Trigger {
        matchers = List.copyOf(matchers);
    }

    /**
     * One condition on a label.
     *
     * @param text such as {@code severity=~"critical|warning"}
     */
    public record Matcher(Position position, String text) {}
}
