package dev.whydunit.promql;

/**
 * The samples of one series within a range, and the range itself.
 *
 * @param millis when, increasing
 * @param values what
 * @param from where the range begins
 * @param to where it ends
 */
record Window(Labels labels, long[] millis, double[] values, long from, long to) {
    int size() {
        return values.length;
    }

    double last() {
        return values[values.length - 1];
    }
}
