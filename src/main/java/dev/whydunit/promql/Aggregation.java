package dev.whydunit.promql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Aggregation operators. */
enum Aggregation {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT,
    GROUP,
    STDDEV,
    STDVAR,
    QUANTILE,
    TOPK,
    BOTTOMK;

    static Optional<Aggregation> of(String name) {
        return Arrays.stream(values())
                .filter(a -> a.word().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesParameter() {
        return this == QUANTILE || isSelection();
    }

    /** Whether it keeps elements as they are instead of making new ones. */
    boolean isSelection() {
        return this == TOPK || this == BOTTOMK;
    }

    /** One value of a group's. */
    double of(double[] values, double parameter) {
        return switch (this) {
            case SUM -> sum(values);
            case AVG -> sum(values) / values.length;
            case MIN -> least(values);
            case MAX -> greatest(values);
            case COUNT -> values.length;
            case GROUP -> 1;
            case STDVAR -> variance(values);
            case STDDEV -> Math.sqrt(variance(values));
            case QUANTILE -> Quantiles.of(parameter, values);
            case TOPK, BOTTOMK -> throw new IllegalStateException(word() + " keeps elements");
        };
    }

    /** Kahan's compensated sum, as Prometheus does it. */
    static double sum(double[] values) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            double next = sum + value;
            if (Double.isInfinite(next)) {
                lost = 0;
            } else if (Math.abs(sum) >= Math.abs(value)) {
                lost += (sum - next) + value;
            } else {
                lost += (value - next) + sum;
            }
            sum = next;
        }
        return sum + lost;
    }

    /** NaN only when all are. */
    static double least(double[] values) {
        double least = Double.NaN;
        for (double value : values) {
            if (Double.isNaN(least) || value < least) {
                least = value;
            }
        }
        return least;
    }

    /** NaN only when all are. */
    static double greatest(double[] values) {
        double greatest = Double.NaN;
        for (double value : values) {
            if (Double.isNaN(greatest) || value > greatest) {
                greatest = value;
            }
        }
        return greatest;
    }

    /** The population's variance. */
    static double variance(double[] values) {
        double mean = sum(values) / values.length;
        double[] squares =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray();
        return sum(squares) / values.length;
    }
}
