package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the journal keeps of a runbook's steps. */
final class StepFactsOf {
    private StepFactsOf() {}

    /** By id, in the order of the file. */
    static Map<String, RunbookFacts.StepFacts> by(List<Event> events) {
        Map<String, RunbookFacts.StepFacts> steps = new LinkedHashMap<>();
        if (!events.isEmpty() && events.getFirst() instanceof Event.Started started) {
            started.runbook().steps().forEach(step -> steps.put(step.id(), step));
        }
        return steps;
    }
}
