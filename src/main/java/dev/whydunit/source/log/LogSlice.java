package dev.whydunit.source.log;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer for one window of time.
 *
 * @param anyEvent whether the log holds any event of this window at all, matching the query or not
 * @param count how many events match
 * @param firstSeen when the first of them happened
 * @param lastSeen when the last of them happened
 * @param histogram matching events by time: every stretch of the window in order, also those with none
 * @param top for each field that was asked for, its most frequent values, the most frequent first
 * @param samples matching events, the newest first
 * @param messages message texts of matching events: all of them, or a sample drawn evenly from the window
 */
public record LogSlice(
        boolean anyEvent,
        long count,
        Optional<Instant> firstSeen,
        Optional<Instant> lastSeen,
        List<Bucket> histogram,
        Map<String, List<ValueCount>> top,
        List<LogEvent> samples,
        List<String> messages) {
    /** Keeps its own copies. */
    public LogSlice {
        histogram = List.copyOf(histogram);
        top = Collections.unmodifiableMap(new LinkedHashMap<>(top));
        samples = List.copyOf(samples);
        messages = List.copyOf(messages);
    }

    /**
     * A stretch of a histogram.
     *
     * @param at where it begins
     * @param count events in it
     */
    public record Bucket(Instant at, long count) {}

    /**
     * A value of a field.
     *
     * @param value as text
     * @param count how many matching events have it
     */
    public record ValueCount(String value, long count) {}
}
