package dev.whydunit.step.metriccheck;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Finds where the level of a series shifted. One shift is looked for, the most pronounced:
 *
 * <ol>
 *   <li>The split k that maximises |mean(left) − mean(right)| · √(k(n−k)/n): the CUSUM statistic of a shift in the mean (Page
 *       1954; Sen and Srivastava 1975). Each side has at least three points.
 *   <li>It is a shift when the two medians differ by at least 3 + 12/n spreads, the spread being the larger of the two
 *       sides' median absolute deviations (made comparable to a standard deviation), and by at least 10 % of the larger
 *       level. A slow or noisy series therefore has none.
 *   <li>A rate over five minutes climbs for five minutes after a sudden change, and the split lies in the middle of the climb.
 *       So the onset is the first of the unbroken run of points before the split that lie more than three spreads of the left
 *       side from its median.
 * </ol>
 */
final class ChangePoint {
    private static final int LEAST_POINTS = 8;
    private static final int LEAST_SIDE = 3;
    private static final double SPREADS = 3;

    /** The spread of a few points is known badly: twelve more spreads over n. */
    private static final double FEW_POINTS = 12;

    private static final double LEAST_RELATIVE_SHIFT = 0.1;

    private ChangePoint() {}

    /** The index of the first point of the new level; empty when there is no shift. */
    static OptionalInt find(double[] values) {
        int n = values.length;
        if (n < LEAST_POINTS) {
            return OptionalInt.empty();
        }
        int split = split(values);
        double[] left = Arrays.copyOfRange(values, 0, split);
        double[] right = Arrays.copyOfRange(values, split, n);
        double before = Robust.median(left);
        double after = Robust.median(right);
        double shift = Math.abs(after - before);
        double spread = Math.max(Robust.spread(left, before), Robust.spread(right, after));
        double level = Math.max(Math.abs(before), Math.abs(after));
        if (shift == 0 || shift < (SPREADS + FEW_POINTS / n) * spread || shift < LEAST_RELATIVE_SHIFT * level) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(walkBack(values, split, before, after));
    }

    private static int split(double[] values) {
        int n = values.length;
        // Against the first value and in units of the largest deviation, so that sums of huge values stay finite.
        double origin = values[0];
        double scale = Arrays.stream(values)
                .map(v -> Math.abs(v / 2 - origin / 2))
                .max()
                .orElse(0);
        double total = 0;
        for (double value : values) {
            total += scale == 0 ? 0 : (value / 2 - origin / 2) / scale;
        }
        double best = -1;
        int split = LEAST_SIDE;
        double sum = 0;
        for (int k = 1; k <= n - LEAST_SIDE; k++) {
            sum += scale == 0 ? 0 : (values[k - 1] / 2 - origin / 2) / scale;
            double difference = Math.abs(sum / k - (total - sum) / (n - k));
            double statistic = difference * Math.sqrt((double) k * (n - k) / n);
            if (k >= LEAST_SIDE && statistic > best) {
                best = statistic;
                split = k;
            }
        }
        return split;
    }

    private static int walkBack(double[] values, int split, double before, double after) {
        double[] left = Arrays.copyOfRange(values, 0, split);
        double band = Math.max(SPREADS * Robust.spread(left, before), 0.05 * Math.abs(after - before));
        int onset = split;
        while (onset > 0 && (after > before ? values[onset - 1] > before + band : values[onset - 1] < before - band)) {
            onset--;
        }
        return onset;
    }
}
