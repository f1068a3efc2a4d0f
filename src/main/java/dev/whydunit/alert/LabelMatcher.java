package dev.whydunit.alert;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on one label, as Alertmanager writes it: {@code alertname="HighLatency"}, {@code severity=~"critical|warning"},
 * {@code env!="test"}, {@code team!~"data-.*"}. A label that an alert does not have counts as the empty text. Immutable and
 * thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#label-matchers">Label matchers</a>
 */
public final class LabelMatcher {
    private final String label;
    private final Operator operator;
    private final String value;
    private final Optional<Pattern> pattern;

    LabelMatcher(String label, Operator operator, String value, Optional<Pattern> pattern) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = pattern;
    }

    /** How a label is compared. */
    public enum Operator {
        /** The label is this text. */
        EQUAL("="),
        /** The label is another text. */
        NOT_EQUAL("!="),
        /** The whole label matches the regular expression. */
        MATCHES("=~"),
        /** The whole label does not match the regular expression. */
        NOT_MATCHES("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As it is written. */
        public String sign() {
            return sign;
        }

        boolean takesPattern() {
            return this == MATCHES || this == NOT_MATCHES;
        }
    }

    /**
     * One matcher.
     *
     * @throws MalformedMatcher when it is not one; with the place in the text
     */
    public static LabelMatcher parse(String text) throws MalformedMatcher {
        return new MatcherParser(text).one();
    }

    /**
     * One or more matchers, separated by commas, in braces or without: {@code {env="prod", severity=~"critical|warning"}}.
     * An empty pair of braces has none, and so matches every alert.
     *
     * @throws MalformedMatcher when they are not such; with the place in the text
     */
    public static List<LabelMatcher> parseAll(String text) throws MalformedMatcher {
        return new MatcherParser(text).all();
    }

    /** The label's name. */
    public String label() {
        return label;
    }

    /** How it is compared. */
    public Operator operator() {
        return operator;
    }

    /** What it is compared with, without quotes. */
    public String value() {
        return value;
    }

    /** Whether it holds for these labels. */
    public boolean matches(Map<String, String> labels) {
        String actual = labels.getOrDefault(label, "");
        boolean same = pattern.map(it -> it.matches(actual)).orElseGet(() -> actual.equals(value));
        return switch (operator) {
            case EQUAL, MATCHES -> same;
            case NOT_EQUAL, NOT_MATCHES -> !same;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelMatcher that
                && label.equals(that.label)
                && operator == that.operator
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String name = MatcherParser.isPlainName(label) ? label : quoted(label);
        return name + operator.sign() + quoted(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }
}
