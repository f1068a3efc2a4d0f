package dev.whydunit.expression;

import java.util.Set;

/** A compiled CEL expression. Immutable and thread-safe. */
public final class Expression {
    private final String source;

    Expression(String source) {
        this.source = source;
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    /**
     * Its value: Boolean, Long, Double, String, Duration, Instant, List or Map of such.
     *
     * @throws EvaluationFailure when something it reads is absent or an operation is not defined for what it got
     */
    public Object evaluate(Variables variables) throws EvaluationFailure {
        throw new EvaluationFailure("not yet");
    }

    /**
     * Its value as yes or no.
     *
     * @throws EvaluationFailure as {@link #evaluate}, and when the value is not a bool
     */
    public boolean test(Variables variables) throws EvaluationFailure {
        return (boolean) evaluate(variables);
    }

    /** The expression with the values that it read, for people, such as {@code last > 0.3 (last = 0.21)}. Never fails. */
    public String explain(Variables variables) {
        return source;
    }

    /** What it reads, as dotted paths as far as they are fixed: {@code steps.latency.onset}, {@code last}. */
    public Set<String> references() {
        return Set.of();
    }
}
