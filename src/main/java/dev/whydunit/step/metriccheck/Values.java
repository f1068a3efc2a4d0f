package dev.whydunit.step.metriccheck;

import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import java.util.Arrays;

/**
 * The finite samples of a series: NaN and infinite ones are no numbers to compute with.
 *
 * @param millis when, increasing
 * @param values what, all finite
 * @param dropped how many were not
 */
record Values(Labels labels, long[] millis, double[] values, int dropped) {

    static Values finite(TimeSeries series) {
        long[] millis = new long[series.size()];
        double[] values = new double[series.size()];
        int size = 0;
        for (int i = 0; i < series.size(); i++) {
            if (Double.isFinite(series.value(i))) {
                millis[size] = series.millis(i);
                values[size++] = series.value(i);
            }
        }
        return new Values(
                series.labels(), Arrays.copyOf(millis, size), Arrays.copyOf(values, size), series.size() - size);
    }

    /** This, and what comes after its end in another of the same series. */
    Values followedBy(Values later) {
        int from = 0;
        while (from < later.size() && size() > 0 && later.millis[from] <= millis[size() - 1]) {
            from++;
        }
        long[] allMillis = Arrays.copyOf(millis, size() + later.size() - from);
        double[] allValues = Arrays.copyOf(values, allMillis.length);
        System.arraycopy(later.millis, from, allMillis, size(), later.size() - from);
        System.arraycopy(later.values, from, allValues, size(), later.size() - from);
        return new Values(labels, allMillis, allValues, dropped + later.dropped);
    }

    int size() {
        return values.length;
    }

    double last() {
        return values[values.length - 1];
    }

    double mean() {
        // Scaled before it is added up: values near the largest double must not become infinite.
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += (values[i] - mean) / (i + 1);
        }
        return mean;
    }

    double quantile(double q) {
        return Robust.quantile(values, q);
    }
}
