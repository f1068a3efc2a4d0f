package dev.whydunit.promql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A query in the subset of PromQL that docs/sources/scrape.md describes, read and type-checked. Immutable and thread-safe.
 */
public final class PromqlQuery {
    private final String text;
    private final Expression expression;

    private PromqlQuery(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads a query.
     *
     * @throws PromqlException when it is no PromQL, or uses what the subset does not have; it names the place
     */
    public static PromqlQuery parse(String text) throws PromqlException {
        return new PromqlQuery(text, Parser.parse(text));
    }

    /**
     * The query's value at each of some moments.
     *
     * @param samples what it looks at
     * @param moments increasing, in milliseconds since 1970
     * @throws PromqlException when it has no value: several elements match one, a result has two series of the same labels,
     *     or it needs more than ten million values
     * @throws InterruptedException when the thread was interrupted
     */
    public Evaluation evaluate(SampleSet samples, long[] moments) throws PromqlException, InterruptedException {
        return new Evaluator(text, samples).evaluate(expression, moments);
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * What a query gave.
     *
     * @param series one per distinct labels; a number is one series without labels
     * @param shortRange the range of the query that samples covered least, at the last moment; empty when all were covered
     */
    public record Evaluation(List<TimeSeries> series, Optional<ShortRange> shortRange) {
        /** Keeps its own copy. */
        public Evaluation {
            series = List.copyOf(series);
        }
    }

    /**
     * A range such as {@code [5m]} with samples for a part of it only.
     *
     * @param asked its length in the query
     * @param covered how much of it samples cover
     */
    public record ShortRange(Duration asked, Duration covered) {}
}
