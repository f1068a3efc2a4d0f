package dev.whydunit.step.metriccheck;

import dev.whydunit.schema.About;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@code metric_check} saw. The plain numbers are of the main series: the only one, or the first in {@code series}.
 *
 * @param last newest value
 * @param min least
 * @param max greatest
 * @param mean arithmetic mean
 * @param p95 95th percentile
 * @param change mean to baseline's mean
 * @param baselineMean mean of the baseline
 * @param onset since when it is otherwise
 * @param trend change per second
 * @param timeToLimit until the limit is reached
 * @param series all of them, ranked
 * @param points for charts
 * @param seconds what the check took
 */
public record MetricCheckResult(
        @About("Newest value of the main series; absent when there is no series.")
        Optional<Double> last,

        @About("Least value in the window.") Optional<Double> min,
        @About("Greatest value in the window.") Optional<Double> max,
        @About("Mean of the window.") Optional<Double> mean,

        @About("95th percentile of the values in the window.")
        Optional<Double> p95,

        @About(
                "Mean of the window divided by the baseline's; 1000000 at most, 1 when both are 0; absent without baseline.")
        Optional<Double> change,

        @About("Mean of the baseline; absent without one.") Optional<Double> baselineMean,

        @About("When the level of the main series shifted; absent when it did not.")
        Optional<Instant> onset,

        @About("Slope of the main series per second (median of all pairs of points); absent with fewer than 3 points.")
        Optional<Double> trend,

        @About("Time until the limit is reached should the trend go on; absent when the series moves away from it.")
        Optional<Duration> timeToLimit,

        @About(
                "All series, those first that left their baseline most; without baseline, those with the highest last value.")
        List<Series> series,

        @About("Points of the main series, 120 at most, spikes kept.")
        List<Point> points,

        @About("How long the check took, in seconds.") double seconds) {
    /** Keeps its own copies. */
    public MetricCheckResult {
        series = List.copyOf(series);
        points = List.copyOf(points);
    }

    /**
     * One series.
     *
     * @param labels names to values, the metric's name left out
     * @param last newest value
     * @param min least
     * @param max greatest
     * @param mean arithmetic mean
     * @param p95 95th percentile
     * @param change mean to baseline's mean
     * @param score how far it left its baseline
     * @param new_ whether the baseline does not have it
     */
    public record Series(
            @About("Its labels.") Map<String, String> labels,
            @About("Newest value.") double last,
            @About("Least value.") double min,
            @About("Greatest value.") double max,
            @About("Mean.") double mean,
            @About("95th percentile.") double p95,

            @About("Mean divided by the baseline's mean; absent without baseline.")
            Optional<Double> change,

            @About(
                    "How far it left its baseline, in units of the baseline's usual spread (0 to 1000); absent without baseline.")
            Optional<Double> score,

            @About("Whether there is a baseline and this series is not in it.")
            boolean new_) {
        /** Keeps its own copy, ordered by name. */
        public Series {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    /** One point of a series. */
    public record Point(
            @About("When.") Instant at, @About("What.") double value) {}
}
