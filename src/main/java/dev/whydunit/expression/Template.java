package dev.whydunit.expression;

import java.util.Set;

/** Text with <code>${{ }}</code> in it, compiled. Immutable and thread-safe. */
public final class Template {
    private final String source;

    Template(String source) {
        this.source = source;
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    /** Whether there is no <code>${{ }}</code> in it. */
    public boolean literal() {
        return true;
    }

    /**
     * The text with each value encoded for where it goes.
     *
     * @throws EvaluationFailure when a value is absent or may not enter that sink
     */
    public String render(Variables variables, Sink sink) throws EvaluationFailure {
        throw new EvaluationFailure("not yet");
    }

    /**
     * The statement with its values as bind parameters.
     *
     * @throws EvaluationFailure when a value is absent
     */
    public SqlText renderSql(Variables variables) throws EvaluationFailure {
        throw new EvaluationFailure("not yet");
    }

    /**
     * The value of its one expression when the whole text is one, else the text as {@link Sink#PLAIN}.
     *
     * @throws EvaluationFailure when a value is absent
     */
    public Object value(Variables variables) throws EvaluationFailure {
        throw new EvaluationFailure("not yet");
    }

    /** What its expressions read, as {@link Expression#references()}. */
    public Set<String> references() {
        return Set.of();
    }
}
