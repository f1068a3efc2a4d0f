package dev.whydunit.engine;

import dev.whydunit.runbook.Runbook;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What to investigate.
 *
 * @param id of the new investigation
 * @param sha256 of the runbook's text
 * @param inputs the resolved inputs, as expressions read them
 * @param anchor the moment that it is about; empty for the moment that it starts
 * @param medianSeconds what each step took before, by its id
 */
public record Request(
        String id,
        Runbook runbook,
        String sha256,
        String environment,
        Trigger trigger,
        Map<String, Object> inputs,
        Optional<Instant> anchor,
        Map<String, Double> medianSeconds) {

    /** Keeps its own copies of the maps. */
    public Request {
        inputs = Map.copyOf(inputs);
        medianSeconds = Map.copyOf(medianSeconds);
    }
}
