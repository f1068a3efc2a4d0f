package dev.whydunit.source.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A query over a window, and over the window that it is compared with.
 *
 * @param promql the query
 * @param end where the window ends. A source that can only look now ends it now, and says so
 * @param over the window's length; zero asks for one moment
 * @param step the distance of two points; empty leaves it to the source
 * @param baselineShift how long before the window the baseline is, at least {@code over}; empty asks for none
 * @param limit how long the answer may take
 */
public record MetricQuestion(
        String promql,
        Instant end,
        Duration over,
        Optional<Duration> step,
        Optional<Duration> baselineShift,
        Duration limit) {}
