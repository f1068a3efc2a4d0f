package dev.whydunit.expression;

/**
 * Where a text ends up. The text's structure comes from the runbook alone; a value that <code>${{ }}</code> puts into it is encoded so
 * that it stays one value there, whatever it holds.
 */
public enum Sink {
    /** For people or for exact comparison: the value's text as it is. */
    PLAIN,
    /** A Lucene query: strings become quoted terms. */
    LUCENE,
    /** PromQL: strings become quoted label values, durations become range literals. */
    PROMQL,
    /** SQL: every value becomes a bind parameter. The component's type is {@link SqlText}. */
    SQL,
    /**
     * One element of an argv list, or a host name or path that becomes one. A value that begins with {@code -} where the
     * template has nothing before it is refused, as is NUL.
     */
    ARGUMENT,
    /** A URL: values are percent-encoded; a value may not change scheme, host or port unless the whole URL is one value. */
    URL,
    /** A capture filter: only names, numbers and addresses may enter. */
    BPF,
    /** A script, a regular expression or anything else that no value may enter: <code>${{ }}</code> is a load error. */
    LITERAL
}
