package dev.whydunit.promql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples written down in a test. */
public final class GivenSamples implements SampleSet {
    private final Map<Labels, List<double[]>> series = new LinkedHashMap<>();
    private long coveredFrom = Long.MIN_VALUE;

    /** One sample. */
    public GivenSamples add(Labels labels, long millis, double value) {
        series.computeIfAbsent(labels, l -> new ArrayList<>()).add(new double[] {millis, value});
        return this;
    }

    /** A series with one value each so many milliseconds, from 0 on; null leaves one out. */
    public GivenSamples every(long step, Labels labels, Double... values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                add(labels, i * step, values[i]);
            }
        }
        return this;
    }

    /** Nobody looked before this moment. */
    public GivenSamples coveredFrom(long moment) {
        this.coveredFrom = moment;
        return this;
    }

    @Override
    public List<TimeSeries> select(List<LabelMatcher> matchers) {
        List<TimeSeries> found = new ArrayList<>();
        series.forEach((labels, points) -> {
            if (matchers.stream().allMatch(m -> m.matches(labels))) {
                found.add(new TimeSeries(
                        labels,
                        points.stream().mapToLong(p -> (long) p[0]).toArray(),
                        points.stream().mapToDouble(p -> p[1]).toArray()));
            }
        });
        return found;
    }

    @Override
    public long coveredFrom(long from, long to) {
        return Math.max(from, coveredFrom);
    }
}
