package dev.whydunit.step.logquery;

import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSlice.ValueCount;
import dev.whydunit.step.logquery.LogQueryResult.Pattern;
import dev.whydunit.step.logquery.LogQueryResult.Sample;
import dev.whydunit.step.logquery.LogQueryResult.TopValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Turns a source's answer into what a finding can read. */
final class Reading {
    private static final int PATTERNS = 50;

    private Reading() {}

    static Seen of(LogQuestion question, LogAnswer answer, String sent, UnaryOperator<String> mask) {
        LogSlice window = answer.window();
        // A baseline of which the log holds nothing at all cannot be compared with: it is absent, not empty.
        Optional<LogSlice> baseline = answer.baseline().filter(LogSlice::anyEvent);
        List<String> caveats = new ArrayList<>(answer.caveats());
        if (answer.baseline().isPresent() && baseline.isEmpty() && window.anyEvent()) {
            caveats.add("The log holds no event of the baseline window: there is nothing to compare with.");
        }
        sampled(window, "window").ifPresent(caveats::add);
        baseline.flatMap(slice -> sampled(slice, "baseline")).ifPresent(caveats::add);

        double seconds = question.window().length().toNanos() / 1e9;
        LogQueryResult result = new LogQueryResult(
                window.count(),
                window.count() / seconds,
                baseline.map(LogSlice::count),
                baseline.map(slice -> ratio(window.count(), slice.count())),
                window.firstSeen(),
                window.lastSeen(),
                baseline.flatMap(slice -> Onset.of(window.histogram(), slice.histogram())),
                by(window, baseline),
                patterns(window, baseline, mask),
                window.samples().stream()
                        .map(event -> new Sample(event.at(), event.message(), event.fields()))
                        .toList(),
                window.histogram().stream()
                        .map(bucket -> new LogQueryResult.Bucket(bucket.at(), bucket.count()))
                        .toList(),
                question.bucket(),
                sent);
        boolean hasData =
                window.anyEvent() || answer.baseline().map(LogSlice::anyEvent).orElse(false);
        return new Seen(result, hasData, List.of(), caveats);
    }

    /** None in the baseline counts as one, so that the ratio is finite; none in both is no change. */
    static double ratio(long count, long baseline) {
        return count == 0 && baseline == 0 ? 1 : (double) count / Math.max(1, baseline);
    }

    private static Map<String, List<TopValue>> by(LogSlice window, Optional<LogSlice> baseline) {
        Map<String, List<TopValue>> by = new LinkedHashMap<>();
        window.top().forEach((field, values) -> {
            List<ValueCount> before = baseline.map(slice -> slice.top().getOrDefault(field, List.of()))
                    .orElse(List.of());
            by.put(
                    field,
                    values.stream()
                            .map(value -> new TopValue(
                                    value.value(),
                                    value.count(),
                                    share(value.count(), window.count()),
                                    baseline.map(slice -> share(count(before, value.value()), slice.count()))))
                            .toList());
        });
        return by;
    }

    private static long count(List<ValueCount> values, String value) {
        return values.stream()
                .filter(candidate -> candidate.value().equals(value))
                .mapToLong(ValueCount::count)
                .findFirst()
                .orElse(0);
    }

    private static List<Pattern> patterns(LogSlice window, Optional<LogSlice> baseline, UnaryOperator<String> mask) {
        PatternMiner miner = new PatternMiner();
        window.messages().forEach(message -> miner.window(mask.apply(message)));
        baseline.ifPresent(slice -> slice.messages().forEach(message -> miner.baseline(mask.apply(message))));
        double scale = window.messages().isEmpty()
                ? 1
                : (double) window.count() / window.messages().size();
        return miner.patterns().stream()
                .limit(PATTERNS)
                .map(found -> new Pattern(
                        found.text(),
                        Math.round(found.window() * scale),
                        baseline.map(_ -> found.baseline() == 0),
                        share(found.window(), window.messages().size())))
                .toList();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static Optional<String> sampled(LogSlice slice, String which) {
        return slice.messages().size() < slice.count()
                ? Optional.of("Patterns of the " + which + " are read from a sample of "
                        + slice.messages().size() + " of " + slice.count() + " events.")
                : Optional.empty();
    }
}
