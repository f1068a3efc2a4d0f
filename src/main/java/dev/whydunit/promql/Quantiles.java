package dev.whydunit.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Quantiles by Prometheus' rules (promql/quantile.go of Prometheus 2). */
final class Quantiles {
    private Quantiles() {}

    /** Of plain values, between the two nearest ranks by their distance. NaN counts as the least. */
    static double of(double q, double[] values) {
        if (values.length == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        Double[] sorted = Arrays.stream(values).boxed().toArray(Double[]::new);
        Arrays.sort(sorted, Comparator.comparing((Double v) -> !v.isNaN()).thenComparing(Comparator.naturalOrder()));
        double rank = q * (sorted.length - 1);
        int lower = (int) Math.max(0, Math.floor(rank));
        int upper = Math.min(sorted.length - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return sorted[lower] * (1 - weight) + sorted[upper] * weight;
    }

    /** A bucket of a classic histogram: how many observations were at most {@code bound}. */
    record Bucket(double bound, double count) {}

    /**
     * Of a classic histogram: linear within the bucket; the highest finite bound when it falls into {@code +Inf}; the first
     * bucket begins at 0 unless its bound is negative. NaN without a {@code +Inf} bucket or without observations.
     */
    static double ofHistogram(double q, List<Bucket> given) {
        if (Double.isNaN(q) || given.isEmpty()) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        List<Bucket> buckets = monotonic(given);
        int last = buckets.size() - 1;
        if (last < 1 || buckets.getLast().bound != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        double observations = buckets.getLast().count;
        if (observations == 0 || Double.isNaN(observations)) {
            return Double.NaN;
        }
        double rank = q * observations;
        int b = 0;
        while (b < last && !(buckets.get(b).count >= rank)) {
            b++;
        }
        if (b == last) {
            return buckets.get(last - 1).bound;
        }
        Bucket bucket = buckets.get(b);
        if (b == 0 && bucket.bound <= 0) {
            return bucket.bound;
        }
        double start = 0;
        double count = bucket.count;
        if (b > 0) {
            Bucket before = buckets.get(b - 1);
            start = before.bound;
            count -= before.count;
            rank -= before.count;
        }
        return start + (bucket.bound - start) * (rank / count);
    }

    /** Ordered by bound, equal bounds added up, and never falling (buckets are scraped one after another). */
    private static List<Bucket> monotonic(List<Bucket> given) {
        List<Bucket> sorted = new ArrayList<>(given);
        sorted.sort(Comparator.comparingDouble(Bucket::bound));
        List<Bucket> merged = new ArrayList<>(sorted.size());
        for (Bucket bucket : sorted) {
            if (!merged.isEmpty() && merged.getLast().bound == bucket.bound) {
                merged.set(merged.size() - 1, new Bucket(bucket.bound, merged.getLast().count + bucket.count));
            } else {
                merged.add(bucket);
            }
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < merged.size(); i++) {
            Bucket bucket = merged.get(i);
            if (bucket.count < most) {
                merged.set(i, new Bucket(bucket.bound, most));
            } else if (bucket.count > most) {
                most = bucket.count;
            }
        }
        return merged;
    }
}
