package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.promql.Labels;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static Values minutes(double... values) {
        return new Values(
                Labels.EMPTY,
                LongStream.range(0, values.length).map(i -> i * 60_000).toArray(),
                values,
                0);
    }

    @Test
    void isTheChangePerSecondAndOutliersDoNotTurnIt() {
        double[] values = IntStream.range(0, 30).mapToDouble(i -> 6.0 * i).toArray();
        values[28] = -1e6;
        assertThat(Trend.slope(minutes(values)).orElseThrow()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void manyPointsAreThinned() {
        double[] values = IntStream.range(0, 5_000).mapToDouble(i -> -6.0 * i).toArray();
        assertThat(Trend.slope(minutes(values)).orElseThrow()).isCloseTo(-0.1, within(1e-9));
    }

    @Test
    void twoPointsHaveNone() {
        assertThat(Trend.slope(minutes(1, 2))).isEmpty();
    }

    @Test
    void tellsWhenALimitIsReached() {
        assertThat(Trend.until(100, 40, 0.5)).contains(Duration.ofSeconds(120));
        assertThat(Trend.until(0, 40, -0.5)).contains(Duration.ofSeconds(80));
        assertThat(Trend.until(100, 100, 0.5)).contains(Duration.ZERO);
        assertThat(Trend.until(100, 101, 0.5)).isEmpty();
        assertThat(Trend.until(100, 40, -0.5)).isEmpty();
        assertThat(Trend.until(0, 40, 0.5)).isEmpty();
        assertThat(Trend.until(100, 40, 0)).isEmpty();
        assertThat(Trend.until(100, 40, 1e-12)).isEmpty();
        assertThat(Trend.until(Double.NaN, 40, 1)).isEmpty();
    }
}
