package dev.whydunit.source.metric;

import dev.whydunit.promql.LabelMatcher;
import dev.whydunit.promql.Labels;
import dev.whydunit.promql.SampleSet;
import dev.whydunit.promql.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Samples of a source, kept in memory; the oldest go when there are too many. Thread-safe. A series that its source no
 * longer shows ends there, as in Prometheus.
 */
final class CollectedSamples implements SampleSet {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Labels, Buffer> series = new HashMap<>();
    private final int most;
    private final long gap;
    private long[] moments = new long[16];
    private int momentCount;
    private int total;

    /**
     * @param most samples kept
     * @param gap milliseconds without a sample from which on nobody was looking
     */
    CollectedSamples(int most, long gap) {
        this.most = most;
        this.gap = gap;
    }

    /** Adds all samples of one moment, which is later than any before. */
    void append(long moment, Map<Labels, Double> samples) {
        lock.lock();
        try {
            if (momentCount == moments.length) {
                moments = Arrays.copyOf(moments, momentCount * 2);
            }
            moments[momentCount++] = moment;
            samples.forEach((labels, value) -> {
                series.computeIfAbsent(labels, l -> new Buffer()).add(moment, value);
                total++;
            });
            for (Buffer buffer : series.values()) {
                if (buffer.last() != moment && !buffer.ended()) {
                    buffer.add(moment, TimeSeries.STALE);
                    total++;
                }
            }
            while (total > most && momentCount > 2) {
                forgetBefore(moments[Math.max(1, momentCount / 4)]);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetBefore(long moment) {
        series.values().removeIf(buffer -> {
            total -= buffer.forgetBefore(moment);
            return buffer.size == 0;
        });
        int first = firstFrom(moment);
        moments = Arrays.copyOfRange(moments, first, Math.max(first + 16, momentCount));
        momentCount -= first;
    }

    private int firstFrom(long moment) {
        int index = Arrays.binarySearch(moments, 0, momentCount, moment);
        return index >= 0 ? index : -index - 1;
    }

    /** The moments at which samples were taken, both ends included. */
    long[] moments(long from, long to) {
        lock.lock();
        try {
            return Arrays.copyOfRange(moments, firstFrom(from), Math.max(firstFrom(from), firstFrom(to + 1)));
        } finally {
            lock.unlock();
        }
    }

    /** How many samples are kept. */
    int total() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<TimeSeries> select(List<LabelMatcher> matchers) {
        lock.lock();
        try {
            List<TimeSeries> found = new ArrayList<>();
            series.forEach((labels, buffer) -> {
                if (matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
                    found.add(buffer.series(labels));
                }
            });
            found.sort(Comparator.comparing(s -> s.labels().toString()));
            return found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long coveredFrom(long from, long to) {
        lock.lock();
        try {
            int first = firstFrom(from);
            if (first == momentCount || moments[first] > to) {
                return to;
            }
            boolean seenBefore = first > 0 && moments[first] - moments[first - 1] <= gap;
            return seenBefore ? from : moments[first];
        } finally {
            lock.unlock();
        }
    }

    private static final class Buffer {
        private long[] millis = new long[8];
        private double[] values = new double[8];
        private int size;

        void add(long moment, double value) {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, size + Math.max(8, size / 2));
                values = Arrays.copyOf(values, millis.length);
            }
            millis[size] = moment;
            values[size++] = value;
        }

        long last() {
            return millis[size - 1];
        }

        boolean ended() {
            return TimeSeries.isStale(values[size - 1]);
        }

        int forgetBefore(long moment) {
            int index = Arrays.binarySearch(millis, 0, size, moment);
            int first = index >= 0 ? index : -index - 1;
            millis = Arrays.copyOfRange(millis, first, Math.max(first + 8, size));
            values = Arrays.copyOfRange(values, first, Math.max(first + 8, size));
            size -= first;
            return first;
        }

        TimeSeries series(Labels labels) {
            return new TimeSeries(labels, Arrays.copyOf(millis, size), Arrays.copyOf(values, size));
        }
    }
}
