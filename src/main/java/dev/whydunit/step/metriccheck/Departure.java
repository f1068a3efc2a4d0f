package dev.whydunit.step.metriccheck;

import java.util.Arrays;

/**
 * How far a series left its baseline: the 90th percentile of |x − median(baseline)| over the window, in units of the
 * baseline's interquartile range made comparable to a standard deviation. After the robust scorer of BARO (Pham, Ha and
 * Zhang, "BARO: Robust Root Cause Analysis for Microservices via Multivariate Bayesian Online Change Point Detection",
 * FSE 2024), which takes the maximum; the percentile keeps one odd sample from deciding.
 */
final class Departure {
    private static final double MOST = 1000;

    /** The interquartile range of a normal distribution in standard deviations. */
    private static final double IQR_OF_NORMAL = 1.349;

    /** A baseline that hardly moves is taken to move by this share of its level. */
    private static final double LEAST_RELATIVE_SPREAD = 0.01;

    private Departure() {}

    static double score(Values window, Values baseline) {
        double centre = baseline.quantile(0.5);
        double spread = (baseline.quantile(0.75) - baseline.quantile(0.25)) / IQR_OF_NORMAL;
        double largest = Arrays.stream(baseline.values()).map(Math::abs).max().orElse(0);
        return score(window, centre, Math.max(spread, LEAST_RELATIVE_SPREAD * largest));
    }

    /** Of a series that was not there before: as if it had been 0. */
    static double scoreOfNew(Values window) {
        return score(window, 0, 0);
    }

    private static double score(Values window, double centre, double spread) {
        double[] away = Arrays.stream(window.values())
                .map(value -> Math.abs(value - centre))
                .toArray();
        double far = Robust.quantile(away, 0.9);
        if (far == 0) {
            return 0;
        }
        // A baseline of nothing but 0 has no scale of its own: the window's own size then is a hundred units.
        double unit = spread > 0 ? spread : LEAST_RELATIVE_SPREAD * far;
        return Math.min(MOST, far / unit);
    }
}
