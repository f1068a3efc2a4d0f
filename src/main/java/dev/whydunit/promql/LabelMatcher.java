package dev.whydunit.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** One condition on a label. A series without the label is tested as if its value were empty. */
public final class LabelMatcher {
    /** How the value is compared. */
    public enum Operator {
        /** {@code =} */
        EQUAL("="),
        /** {@code !=} */
        NOT_EQUAL("!="),
        /** {@code =~}: the whole value fits the regular expression. */
        MATCHES("=~"),
        /** {@code !~} */
        NOT_MATCHES("!~");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }
    }

    private final String label;
    private final Operator operator;
    private final String value;
    private final Optional<Pattern> pattern;

    /** @throws PatternSyntaxException when the value is to be a regular expression (RE2's syntax) and is none */
    public LabelMatcher(String label, Operator operator, String value) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = operator == Operator.MATCHES || operator == Operator.NOT_MATCHES
                ? Optional.of(Pattern.compile(value))
                : Optional.empty();
    }

    /** Whether these labels fit. */
    public boolean matches(Labels labels) {
        return accepts(labels.get(label));
    }

    /** The label that is looked at. */
    public String label() {
        return label;
    }

    /** The label's value when only one fits. */
    Optional<String> onlyValue() {
        return operator == Operator.EQUAL ? Optional.of(value) : Optional.empty();
    }

    boolean accepts(String actual) {
        return switch (operator) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case MATCHES -> pattern.orElseThrow().matches(actual);
            case NOT_MATCHES -> !pattern.orElseThrow().matches(actual);
        };
    }

    @Override
    public String toString() {
        return label + operator.symbol + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
