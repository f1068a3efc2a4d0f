package dev.whydunit.step.metriccheck;

import java.util.Arrays;

/** Statistics that a few odd values do not move. */
final class Robust {
    /** Makes the median of absolute deviations estimate a normal distribution's standard deviation. */
    static final double NORMAL = 1.4826;

    private Robust() {}

    /** Between the two nearest ranks by distance (Hyndman and Fan 1996, type 7, as Prometheus' quantile). */
    static double quantile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = q * (sorted.length - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(sorted.length - 1, lower + 1);
        double weight = rank - lower;
        return sorted[lower] * (1 - weight) + sorted[upper] * weight;
    }

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** The standard deviation by the median of absolute deviations from a centre (Rousseeuw and Croux 1993). */
    static double spread(double[] values, double centre) {
        return NORMAL
                * median(Arrays.stream(values).map(v -> Math.abs(v - centre)).toArray());
    }
}
