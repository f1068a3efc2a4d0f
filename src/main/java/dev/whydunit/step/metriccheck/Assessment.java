package dev.whydunit.step.metriccheck;

import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.step.metriccheck.MetricCheckResult.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns what a source answered into what a finding reads. Pure. */
final class Assessment {
    /** What stands for "from nothing": a ratio to 0 is no number. */
    private static final double MOST_CHANGE = 1_000_000;

    private static final int MOST_SERIES = 50;

    private final MetricAnswer answer;
    private final MetricCheckParameters parameters;
    private final List<String> caveats;
    private final boolean compared;
    private final Map<Labels, Values> before = new HashMap<>();

    Assessment(MetricAnswer answer, MetricCheckParameters parameters) {
        this.answer = answer;
        this.parameters = parameters;
        this.caveats = new ArrayList<>(answer.caveats());
        for (TimeSeries series : answer.baseline().orElse(List.of())) {
            Values values = Values.finite(series);
            if (values.size() > 0) {
                before.put(series.labels(), values);
            }
        }
        // A baseline of NaN alone (a quantile without traffic) is none.
        this.compared = !before.isEmpty();
    }

    /** What weakens the result; complete once it was made. */
    List<String> caveats() {
        return caveats;
    }

    private record Ranked(Values values, Series series) {}

    MetricCheckResult result(double seconds) {
        List<Ranked> ranked = ranked();
        if (ranked.isEmpty()) {
            return nothing(seconds);
        }
        Values main = ranked.getFirst().values();
        Series first = ranked.getFirst().series();
        Optional<Values> mainBefore = Optional.ofNullable(before.get(main.labels()));
        Optional<Double> slope = Trend.slope(main);
        return new MetricCheckResult(
                Optional.of(first.last()),
                Optional.of(first.min()),
                Optional.of(first.max()),
                Optional.of(first.mean()),
                Optional.of(first.p95()),
                first.change(),
                mainBefore.map(Values::mean),
                onset(main, mainBefore),
                slope,
                slope.flatMap(s -> parameters.limit().flatMap(limit -> Trend.until(limit, main.last(), s))),
                ranked.stream().limit(MOST_SERIES).map(Ranked::series).toList(),
                Chart.of(main),
                seconds);
    }

    private MetricCheckResult nothing(double seconds) {
        return new MetricCheckResult(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                seconds);
    }

    private List<Ranked> ranked() {
        List<Ranked> ranked = new ArrayList<>();
        int dropped = 0;
        int empty = 0;
        for (TimeSeries series : answer.series()) {
            Values values = Values.finite(series);
            dropped += values.dropped();
            if (values.size() == 0) {
                empty++;
            } else {
                ranked.add(new Ranked(values, series(values)));
            }
        }
        if (dropped > 0) {
            caveats.add(dropped + (dropped == 1 ? " value is" : " values are")
                    + " NaN or infinite and left out"
                    + (empty == 0 ? "" : "; " + empty + " series had no other"));
        }
        if (ranked.size() > MOST_SERIES) {
            caveats.add(ranked.size() + " series: the " + MOST_SERIES + " first in rank are kept");
        }
        Comparator<Ranked> order = compared
                ? Comparator.comparingDouble(r -> -r.series().score().orElse(0.0))
                : Comparator.comparingDouble(r -> -r.series().last());
        ranked.sort(order.thenComparing(r -> r.values().labels().toString()));
        return ranked;
    }

    private Series series(Values values) {
        Optional<Values> old = Optional.ofNullable(before.get(values.labels()));
        double mean = values.mean();
        Map<String, String> labels = values.labels().withoutName().asMap();
        return new Series(
                labels,
                values.last(),
                Arrays.stream(values.values()).min().orElseThrow(),
                Arrays.stream(values.values()).max().orElseThrow(),
                mean,
                values.quantile(0.95),
                old.map(o -> change(mean, o.mean())),
                compared
                        ? Optional.of(
                                old.map(o -> Departure.score(values, o)).orElseGet(() -> Departure.scoreOfNew(values)))
                        : Optional.empty(),
                compared && old.isEmpty());
    }

    static double change(double mean, double baseline) {
        if (mean == baseline) {
            return 1;
        }
        if (baseline == 0) {
            return Math.copySign(MOST_CHANGE, mean);
        }
        return Math.clamp(mean / baseline, -MOST_CHANGE, MOST_CHANGE);
    }

    /**
     * With the window just before, both are one stretch of time: a shift that came before the window is found too, and told,
     * since the baseline then holds a part of it.
     */
    private Optional<Instant> onset(Values main, Optional<Values> mainBefore) {
        boolean adjoining =
                parameters.baseline().filter(Baseline.PREVIOUS::equals).isPresent();
        Values all = adjoining ? mainBefore.map(b -> b.followedBy(main)).orElse(main) : main;
        OptionalInt index = ChangePoint.find(all.values());
        if (index.isEmpty()) {
            return Optional.empty();
        }
        Instant onset = Instant.ofEpochMilli(all.millis()[index.getAsInt()]);
        if (onset.isBefore(answer.from().minus(tolerance()))) {
            caveats.add("The level shifted at " + onset + ", before the window: the baseline holds a part of it");
        }
        return Optional.of(onset);
    }

    private Duration tolerance() {
        return answer.step().multipliedBy(2);
    }
}
