package dev.whydunit.step.metriccheck;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Where a series is heading: the median slope of all pairs of points (Theil 1950, Sen 1968), which outliers do not turn. */
final class Trend {
    /** More points are thinned evenly: pairs grow with the square. */
    private static final int MOST_POINTS = 200;

    private static final int LEAST_POINTS = 3;

    /** Farther off than this is never. */
    private static final double LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    private Trend() {}

    /** Change per second; empty with fewer than three points. */
    static Optional<Double> slope(Values values) {
        if (values.size() < LEAST_POINTS) {
            return Optional.empty();
        }
        int n = Math.min(values.size(), MOST_POINTS);
        int[] chosen = new int[n];
        for (int i = 0; i < n; i++) {
            chosen[i] = (int) ((long) i * (values.size() - 1) / (n - 1));
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double seconds = (values.millis()[chosen[j]] - values.millis()[chosen[i]]) / 1000.0;
                slopes[count++] = (values.values()[chosen[j]] - values.values()[chosen[i]]) / seconds;
            }
        }
        return Optional.of(Robust.median(Arrays.copyOf(slopes, count))).filter(Double::isFinite);
    }

    /**
     * Until the limit is reached; empty when the series moves away from it, on whichever side it is, or would take more than
     * ten years.
     */
    static Optional<Duration> until(double limit, double last, double slope) {
        double seconds = last == limit ? 0 : (limit - last) / slope;
        return seconds >= 0 && seconds <= LONGEST_SECONDS
                ? Optional.of(Duration.ofMillis((long) (seconds * 1000)))
                : Optional.empty();
    }
}
