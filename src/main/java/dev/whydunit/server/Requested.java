package dev.whydunit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an investigation that waits was asked to do, as it is stored.
 *
 * @param runbook its id
 * @param trigger {@code alert}, {@code api} or {@code schedule}
 * @param alert as plain data; empty when there is none
 * @param inputs as given
 * @param more what a person wanted since it had ended; empty when it is done for the first time
 */
record Requested(
        String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs, Optional<More> more) {
    /**
     * What a person wants of one that had ended.
     *
     * @param by who
     * @param again steps that are looked at again
     * @param ruledOut hypotheses that it is not, and why
     */
    record More(String by, List<String> again, Map<String, String> ruledOut) {
        More {
            again = List.copyOf(again);
            ruledOut = Map.copyOf(ruledOut);
        }
    }

    Requested(String runbook, String trigger, Map<String, Object> alert, Map<String, String> inputs) {
        this(runbook, trigger, alert, inputs, Optional.empty());
    }

    /** The same, of which a person wants more. */
    Requested with(More wanted) {
        return new Requested(runbook, trigger, alert, inputs, Optional.of(wanted));
    }

    Requested {
        alert = new LinkedHashMap<>(alert);
        inputs = Map.copyOf(inputs);
    }
}
