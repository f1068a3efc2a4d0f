package dev.whydunit.source.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a step wants to know of a log.
 *
 * @param query Lucene query string syntax; terms that name no field are looked for in an event's text
 * @param window the time that the question is about
 * @param baseline a window of the same length to compare with
 * @param fields the fields whose most frequent values are wanted
 * @param topValues at most so many values of each field
 * @param samples at most so many events, the newest
 * @param messages at most so many message texts of each window, drawn from all over it, for finding patterns
 * @param buckets into how many stretches of equal length the histogram cuts a window
 * @param limit how long the answer may take
 */
public record LogQuestion(
        String query,
        TimeWindow window,
        Optional<TimeWindow> baseline,
        List<String> fields,
        int topValues,
        int samples,
        int messages,
        int buckets,
        Duration limit) {
    /** Keeps its own copy of the list. */
    public LogQuestion {
        fields = List.copyOf(fields);
    }

    /** How long one stretch of the histogram is: a whole number of milliseconds, at least one. */
    public Duration bucket() {
        long millis = window.length().toMillis();
        return Duration.ofMillis(Math.max(1, Math.ceilDiv(millis, (long) buckets)));
    }
}
