package dev.whydunit.step.metriccheck;

import dev.whydunit.expression.Into;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Parameters of {@code metric_check}.
 *
 * @param source name of a source
 * @param query PromQL
 * @param over length of the window
 * @param step distance of two points
 * @param baseline what to compare with
 * @param at end of the window
 * @param limit a value that must not be reached
 */
public record MetricCheckParameters(
        @About(
                value = "A source of metrics: prometheus, scrape or host; left out: the only one there is.",
                example = "prom")
        Optional<String> source,

        @About(
                value = "PromQL. Leave the comparison to the finding: a query that filters gives nothing to look at.",
                example = "sum by (instance) (rate(http_requests_total{code=~\"5..\"}[5m]))")
        @Into(Sink.PROMQL)
        String query,

        @About("Length of the window that ends at the moment in question; 0s asks for that moment alone.")
        @Default("15m")
        Duration over,

        @About(
                value = "Distance of two points; left out: a round one that cuts the window into about a hundred.",
                example = "30s")
        Optional<Duration> step,

        @About(
                value = "Compare with the window just before (previous), a day before (day) or a week before (week).",
                example = "previous")
        Optional<Baseline> baseline,

        @About(value = "End of the window; left out: the alert's time, or now.", example = "'2026-01-15T12:00:00Z'")
        Optional<Instant> at,

        @About(
                value = "A value that must not be reached: time_to_limit says when it will be, should the trend go on.",
                example = "0.95")
        Optional<Double> limit) {}
