package dev.whydunit.runbook;

import dev.whydunit.yaml.Problem;
import java.util.List;
import java.util.Map;

/** The values that an investigation begins with. */
public final class Inputs {
    private Inputs() {}

    /**
     * What the inputs came to.
     *
     * @param values by input, of CEL's types; complete when there is no problem
     * @param problems unknown, missing and wrong inputs
     */
    public record Resolved(Map<String, Object> values, List<Problem> problems) {
        /** Keeps its own copies. */
        public Resolved {
            values = Map.copyOf(values);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Takes each input from what was given, else from the alert, else its default.
     *
     * @param given as text, by name
     * @param alert the alert as plain data ({@code labels}, {@code annotations}, {@code starts_at}, {@code status}); empty when there is none
     */
    public static Resolved resolve(Runbook runbook, Map<String, String> given, Map<String, Object> alert) {
        throw new UnsupportedOperationException(runbook.id() + given + alert);
    }
}
