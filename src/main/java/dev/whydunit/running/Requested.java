package dev.whydunit.running;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What an investigation that waits was asked to do, as it is stored.
 *
 * @param runbook its id
 * @param trigger {@code alert}, {@code api} or {@code schedule}
 * @param alert as plain data; empty when there is none
 * @param inputs as given
 * @param origin the service of an incident that it looks at; empty when there is none. Earlier versions did not store it.
 */
public record Requested(
        String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs, String origin) {
    /** Keeps its own copies. */
    public Requested {
        alert = new LinkedHashMap<>(alert);
        inputs = Map.copyOf(inputs);
        origin = Objects.requireNonNullElse(origin, "");
    }

    /** What is asked for without an incident. */
    public Requested(String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs) {
        this(runbook, trigger, alert, inputs, "");
    }
}
