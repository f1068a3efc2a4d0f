package dev.whydunit.runbook;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Variables;

/** What a step's author wrote under its kind, checked. Immutable and thread-safe. */
public final class Parameters {
    Parameters() {}

    /**
     * The parameters with every value put in, each encoded for where it goes.
     *
     * @param type the parameters record of the step's kind
     * @throws EvaluationFailure when a value that an expression reads is absent or may not enter its place
     * @throws BindFailure when the values do not make valid parameters
     */
    public <P extends Record> P bind(Class<P> type, Variables variables) throws EvaluationFailure, BindFailure {
        throw new EvaluationFailure("not yet " + type + variables);
    }
}
