package dev.whydunit.source.metric;

import dev.whydunit.promql.TimeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a source saw.
 *
 * @param series the window's series, as they are: NaN and infinite values included
 * @param baseline the same query before; empty when none was asked for or there is nothing from that time
 * @param from where the window begins that was looked at
 * @param to where it ends
 * @param step the distance of two points that was used
 * @param caveats what weakens the answer, each a sentence
 */
public record MetricAnswer(
        List<TimeSeries> series,
        Optional<List<TimeSeries>> baseline,
        Instant from,
        Instant to,
        Duration step,
        List<String> caveats) {
    /** Keeps its own copies. */
    public MetricAnswer {
        series = List.copyOf(series);
        baseline = baseline.map(List::copyOf);
        caveats = List.copyOf(caveats);
    }
}
