package dev.whydunit.running;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an investigation that waits was asked to do, as it is stored.
 *
 * @param runbook its id
 * @param trigger {@code alert}, {@code api} or {@code schedule}
 * @param alert as plain data; empty when there is none
 * @param inputs as given
 * @param origin the service of an incident that it looks at; empty when there is none. Earlier versions did not store it.
 * @param more what a person wanted since it had ended; empty when it is done for the first time
 * @param role of the API token that asked for it or for more of it; empty when none did. Earlier versions did not store it.
 */
public record Requested(
        String runbook,
        String trigger,
        Map<String, Object> alert,
        Map<String, String> inputs,
        String origin,
        Optional<More> more,
        Optional<String> role) {
    /**
     * What a person wants of one that had ended.
     *
     * @param by who
     * @param again steps that are looked at again
     * @param ruledOut hypotheses that it is not, and why
     */
    public record More(String by, List<String> again, Map<String, String> ruledOut) {
        /** Keeps its own copies. */
        public More {
            again = List.copyOf(again);
            ruledOut = Map.copyOf(ruledOut);
        }
    }

    /** Keeps its own copies. */
    public Requested {
        alert = new LinkedHashMap<>(alert);
        inputs = Map.copyOf(inputs);
        origin = Objects.requireNonNullElse(origin, "");
        role = Objects.requireNonNullElse(role, Optional.empty());
    }

    /** What is asked for without an incident. */
    public Requested(String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs) {
        this(runbook, trigger, alert, inputs, "", Optional.empty(), Optional.empty());
    }

    /** What is asked for of an incident. */
    public Requested(
            String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs, String origin) {
        this(runbook, trigger, alert, inputs, origin, Optional.empty(), Optional.empty());
    }

    /** The same, of which a person wants more. */
    public Requested with(More wanted) {
        return new Requested(runbook, trigger, alert, inputs, origin, Optional.of(wanted), role);
    }

    /** The same, asked for with a token of that role. */
    public Requested by(String asker) {
        return new Requested(runbook, trigger, alert, inputs, origin, more, Optional.of(asker));
    }
}
