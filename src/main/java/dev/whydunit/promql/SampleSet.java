package dev.whydunit.promql;

import java.util.List;

/** The samples that a query is evaluated over. Must not change while it is. */
public interface SampleSet {
    /** Every series that fits all matchers; none when there is no such. */
    List<TimeSeries> select(List<LabelMatcher> matchers);

    /**
     * From when on samples were taken within a range. A range function whose range begins where nobody was looking uses
     * what there is: its range then begins here. Prometheus looks always, and answers {@code from}.
     *
     * @param from where the range begins, in milliseconds since 1970
     * @param to where it ends
     * @return between {@code from} and {@code to}
     */
    long coveredFrom(long from, long to);
}
