package dev.whydunit.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The p95 of the shop's answers over the last seconds, from its own metrics: as {@code histogram_quantile(0.95, sum by (le)
 * (rate(http_request_duration_seconds_bucket[5s])))} gives it.
 */
final class Latency {
    private static final Pattern BUCKET = Pattern.compile(
            "(?m)^http_request_duration_seconds_bucket\\{[^}\\n]{0,500}le=\"([^\"\\n]{1,20})\"\\} ([0-9.E+]{1,30})$");
    private static final int LEAST = 20;

    private final long windowNanos;
    private final Deque<Scrape> scrapes = new ArrayDeque<>();

    Latency(java.time.Duration window) {
        this.windowNanos = window.toNanos();
    }

    /** Takes one scrape of the metrics' text. */
    void add(long nanoTime, String text) {
        Map<Double, Double> buckets = new TreeMap<>();
        Matcher line = BUCKET.matcher(text);
        while (line.find()) {
            double bound = "+Inf".equals(line.group(1)) ? Double.POSITIVE_INFINITY : Double.parseDouble(line.group(1));
            buckets.merge(bound, Double.parseDouble(line.group(2)), Double::sum);
        }
        scrapes.addLast(new Scrape(nanoTime, buckets));
        while (scrapes.size() > 2 && nanoTime - scrapes.getFirst().nanoTime() > windowNanos) {
            scrapes.removeFirst();
        }
    }

    /** The p95 in seconds; empty while too few requests were answered in the window. */
    OptionalDouble p95() {
        if (scrapes.size() < 2) {
            return OptionalDouble.empty();
        }
        Map<Double, Double> before = scrapes.getFirst().buckets();
        Map<Double, Double> now = scrapes.getLast().buckets();
        double total = increase(before, now, Double.POSITIVE_INFINITY);
        if (total < LEAST) {
            return OptionalDouble.empty();
        }
        double rank = 0.95 * total;
        double lower = 0;
        double below = 0;
        for (double bound : now.keySet()) {
            double count = increase(before, now, bound);
            if (count >= rank) {
                return OptionalDouble.of(
                        Double.isInfinite(bound) ? lower : lower + (bound - lower) * (rank - below) / (count - below));
            }
            lower = bound;
            below = count;
        }
        return OptionalDouble.empty();
    }

    private static double increase(Map<Double, Double> before, Map<Double, Double> now, double bound) {
        return now.getOrDefault(bound, 0.0) - before.getOrDefault(bound, 0.0);
    }

    private record Scrape(long nanoTime, Map<Double, Double> buckets) {}
}
