package dev.whydunit.step.logquery;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a {@code log_query} step says. */
@About("Counts log events that match a query, compares them with a baseline, and finds what is new in them.")
public record LogQueryParameters(
        @About(value = "The log source to read; may be left out when only one is configured.", example = "logs")
        Optional<String> source,

        @About(
                value =
                        "Which events: Lucene query string syntax over ECS field names; terms without a field are looked for in message.",
                example = "service.name:shop AND log.level:ERROR")
        @Into(Sink.LUCENE)
        String query,

        @About(value = "How far back from the alert's time to look.", example = "15m") @Default("15m")
        Duration over,

        @About(
                value = "What to compare with: a window of the same length just before, a day before or a week before.",
                example = "previous")
        Optional<Baseline> baseline,

        @About(
                value = "Fields whose most frequent values are counted, for by.<field>; at most 10.",
                example = "[log.level, host.name]")
        List<String> fields,

        @About(value = "How many of the newest matching events to keep as samples; at most 100.", example = "5")
        @Default("5")
        int limit) {
    static final int FIELDS_LIMIT = 10;
    static final int SAMPLES_LIMIT = 100;

    /**
     * Keeps its own copy of the fields.
     *
     * @throws IllegalArgumentException when a number is out of its range
     */
    public LogQueryParameters {
        fields = List.copyOf(fields);
        if (over.toMillis() < 1) {
            throw new IllegalArgumentException("over must be at least 1ms, but is " + over);
        }
        if (fields.size() > FIELDS_LIMIT) {
            throw new IllegalArgumentException(
                    "fields may name at most " + FIELDS_LIMIT + " fields, but names " + fields.size());
        }
        if (limit < 0 || limit > SAMPLES_LIMIT) {
            throw new IllegalArgumentException("limit must be from 0 to " + SAMPLES_LIMIT + ", but is " + limit);
        }
    }
}
