package dev.whydunit.promql;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Functions over a range, computed as Prometheus does (promql/functions.go). */
final class RangeFunctions {
    private RangeFunctions() {}

    /** Empty when there are too few samples. */
    static OptionalDouble apply(Function function, Window window, double parameter) {
        double[] values = window.values();
        int needed = switch (function) {
            case RATE, INCREASE, DELTA, IRATE, IDELTA, DERIV -> 2;
            default -> 1;
        };
        if (values.length < needed) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (function) {
                    case RATE -> change(window, true) / seconds(window.to() - window.from());
                    case INCREASE -> change(window, true);
                    case DELTA -> change(window, false);
                    case IRATE -> instant(window, true);
                    case IDELTA -> instant(window, false);
                    case DERIV -> slope(window);
                    case CHANGES ->
                        count(values, (before, now) -> before != now && !(Double.isNaN(before) && Double.isNaN(now)));
                    case RESETS -> count(values, (before, now) -> now < before);
                    case AVG_OVER_TIME -> Aggregation.sum(values) / values.length;
                    case MIN_OVER_TIME -> Aggregation.least(values);
                    case MAX_OVER_TIME -> Aggregation.greatest(values);
                    case SUM_OVER_TIME -> Aggregation.sum(values);
                    case COUNT_OVER_TIME -> values.length;
                    case LAST_OVER_TIME -> window.last();
                    case STDDEV_OVER_TIME -> Math.sqrt(Aggregation.variance(values));
                    case QUANTILE_OVER_TIME -> Quantiles.of(parameter, values);
                    default -> throw new IllegalStateException(function.word + " takes no range");
                });
    }

    /**
     * The change over the whole range, counter resets added back, carried on to the range's ends as Prometheus does: to an
     * end itself when it is nearer than 1.1 sample intervals, else by half an interval; a counter never below zero.
     */
    private static double change(Window window, boolean counter) {
        double[] values = window.values();
        int last = values.length - 1;
        double change = values[last] - values[0];
        if (counter) {
            for (int i = 1; i <= last; i++) {
                if (values[i] < values[i - 1]) {
                    change += values[i - 1];
                }
            }
        }
        double sampled = seconds(window.millis()[last] - window.millis()[0]);
        double interval = sampled / last;
        double toStart = seconds(window.millis()[0] - window.from());
        double toEnd = seconds(window.to() - window.millis()[last]);
        double threshold = interval * 1.1;
        if (toStart >= threshold) {
            toStart = interval / 2;
        }
        if (counter && change > 0 && values[0] >= 0) {
            toStart = Math.min(toStart, sampled * (values[0] / change));
        }
        if (toEnd >= threshold) {
            toEnd = interval / 2;
        }
        return change * ((sampled + toStart + toEnd) / sampled);
    }

    private static double instant(Window window, boolean rate) {
        int last = window.size() - 1;
        double now = window.values()[last];
        double before = window.values()[last - 1];
        if (!rate) {
            return now - before;
        }
        double seconds = seconds(window.millis()[last] - window.millis()[last - 1]);
        return (now < before ? now : now - before) / seconds;
    }

    /** Least squares, per second. */
    private static double slope(Window window) {
        long origin = window.millis()[0];
        double[] x = IntStream.range(0, window.size())
                .mapToDouble(i -> seconds(window.millis()[i] - origin))
                .toArray();
        double meanX = Aggregation.sum(x) / x.length;
        double meanY = Aggregation.sum(window.values()) / x.length;
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            covariance += (x[i] - meanX) * (window.values()[i] - meanY);
            variance += (x[i] - meanX) * (x[i] - meanX);
        }
        return covariance / variance;
    }

    private interface Step {
        boolean counts(double before, double now);
    }

    private static int count(double[] values, Step step) {
        int count = 0;
        for (int i = 1; i < values.length; i++) {
            if (step.counts(values[i - 1], values[i])) {
                count++;
            }
        }
        return count;
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
