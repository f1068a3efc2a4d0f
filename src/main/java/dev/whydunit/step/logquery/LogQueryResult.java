package dev.whydunit.step.logquery;

import dev.whydunit.schema.About;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a finding of a {@code log_query} step can read. */
@About("What the matching log events say.")
public record LogQueryResult(
        @About("Matching events in the window.") long count,
        @About("Matching events a second.") double rate,

        @About(
                "Matching events in the baseline window; absent without a baseline, or when the log holds no event of that time at all.")
        Optional<Long> baselineCount,

        @About(
                "count divided by baseline_count, none in the baseline counting as one, and 1 when there are none in both; absent as baseline_count is.")
        Optional<Double> ratio,

        @About("When the first matching event of the window happened.")
        Optional<Instant> firstSeen,

        @About("When the last matching event of the window happened.")
        Optional<Instant> lastSeen,

        @About(
                "Where the first stretch of the histogram begins whose count is more than 3 standard deviations away from the baseline's mean; absent when none does, or without a baseline.")
        Optional<Instant> onset,

        @About("By field, its most frequent values; dotted names as by[\"log.level\"].")
        Map<String, List<TopValue>> by,

        @About(
                "Messages that differ only in numbers, addresses, ids and quoted texts, counted together; new ones first, then the most frequent.")
        List<Pattern> patterns,

        @About("The newest matching events.") List<Sample> samples,
        @About("Matching events by time.") List<Bucket> histogram,
        @About("How long a stretch of the histogram is.") Duration bucket,

        @About("The question as it was put to the source, ready to paste.")
        String sent) {
    /** Keeps its own copies. */
    public LogQueryResult {
        by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
        patterns = List.copyOf(patterns);
        samples = List.copyOf(samples);
        histogram = List.copyOf(histogram);
    }

    /** A value of a field. */
    public record TopValue(
            @About("The value as text.") String value,
            @About("Matching events that have it.") long count,

            @About("count divided by all matching events, from 0 to 1.")
            double share,

            @About(
                    "The share that the value had in the baseline: 0 when nothing matched there; absent as baseline_count is.")
            Optional<Double> baselineShare) {}

    /** Messages of one form. */
    public record Pattern(
            @About("The message with <num>, <ip>, <uuid>, <hex>, <str> or <*> where it varies.")
            String text,

            @About("Matching events of this form; an estimate when the patterns were read from a sample.")
            long count,

            @About("Whether no message of the baseline has this form; absent as baseline_count is.")
            Optional<Boolean> new_,

            @About("count divided by all matching events, from 0 to 1.")
            double share) {}

    /** One matching event. */
    public record Sample(
            @About("When it happened.") Instant at,
            @About("Its text.") String message,

            @About("Its other fields, nested names joined with dots.")
            Map<String, String> fields) {}

    /** A stretch of the histogram. */
    public record Bucket(
            @About("Where it begins.") Instant at,
            @About("Matching events in it.") long count) {}
}
