package dev.whydunit.runbook;

import dev.whydunit.yaml.Position;
import java.util.List;
import java.util.Optional;

/**
 * A value that an investigation begins with.
 *
 * @param defaultValue of CEL's type (Long, Double, Boolean, String, Duration, Instant, List of String)
 * @param from where an alert has it, such as {@code alert.labels.service}
 * @param about for the person who is asked for it; may be empty
 * @param choices the only values allowed; empty when any is
 */
public record Input(
        String id,
        Position position,
        InputType type,
        Optional<Object> defaultValue,
        Optional<String> from,
        String about,
        List<Object> choices) {
    /** Keeps its own copy of the choices. */
    public Input {
        choices = List.copyOf(choices);
    }

    /** Whether an investigation cannot begin without it. */
    public boolean required() {
        return defaultValue.isEmpty();
    }
}
