package dev.whydunit.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an investigation that waits was asked to do, as it is stored.
 *
 * @param runbook its id
 * @param trigger {@code alert}, {@code api} or {@code schedule}
 * @param alert as plain data; empty when there is none
 * @param inputs as given
 */
record Requested(String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs) {
    Requested {
        alert = new LinkedHashMap<>(alert);
        inputs = Map.copyOf(inputs);
    }
}
