package dev.whydunit.source.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.promql.LabelMatcher;
import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectedSamplesTest {
    private static final Labels A = Labels.metric("a");
    private static final Labels B = Labels.metric("b");
    private static final List<LabelMatcher> ALL =
            List.of(new LabelMatcher(Labels.NAME, LabelMatcher.Operator.MATCHES, ".+"));

    @Test
    void theOldestGoWhenThereAreTooMany() {
        CollectedSamples samples = new CollectedSamples(1_000, 1_500);
        for (int i = 0; i < 5_000; i++) {
            samples.append(i * 500L, Map.of(A, (double) i, B, (double) i));
            assertThat(samples.total()).isLessThanOrEqualTo(1_000);
        }
        assertThat(samples.select(ALL)).hasSize(2).allSatisfy(series -> {
            assertThat(series.value(series.size() - 1)).isEqualTo(4_999);
            assertThat(series.size()).isBetween(300, 500);
        });
        assertThat(samples.moments(0, Long.MAX_VALUE - 1)).hasSizeBetween(300, 500);
    }

    @Test
    void seriesThatAreSeenOnceDoNotPileUp() {
        CollectedSamples samples = new CollectedSamples(1_000, 1_500);
        for (int i = 0; i < 5_000; i++) {
            samples.append(i * 500L, Map.of(Labels.metric("a", "request", "r" + i), 1.0));
        }
        assertThat(samples.select(ALL)).hasSizeLessThan(1_000);
        assertThat(samples.total()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void aSeriesThatIsNoLongerShownEndsOnce() {
        CollectedSamples samples = new CollectedSamples(1_000, 1_500);
        samples.append(0, Map.of(A, 1.0, B, 1.0));
        samples.append(500, Map.of(A, 2.0));
        samples.append(1_000, Map.of(A, 3.0));
        TimeSeries b = samples.select(List.of(new LabelMatcher(Labels.NAME, LabelMatcher.Operator.EQUAL, "b")))
                .getFirst();
        assertThat(b.size()).isEqualTo(2);
        assertThat(TimeSeries.isStale(b.value(1))).isTrue();
        samples.append(1_500, Map.of(A, 4.0, B, 5.0));
        assertThat(samples.select(ALL))
                .allSatisfy(
                        series -> assertThat(series.value(series.size() - 1)).isGreaterThan(3));
    }

    @Test
    void knowsFromWhenOnSomebodyWasLooking() {
        CollectedSamples samples = new CollectedSamples(1_000, 1_500);
        assertThat(samples.coveredFrom(0, 100)).isEqualTo(100);
        for (long at : new long[] {10_000, 10_500, 11_000, 60_000, 60_500, 61_000}) {
            samples.append(at, Map.of(A, 1.0));
        }
        assertThat(samples.coveredFrom(0, 11_000)).isEqualTo(10_000);
        assertThat(samples.coveredFrom(10_200, 11_000)).isEqualTo(10_200);
        assertThat(samples.coveredFrom(30_000, 61_000)).isEqualTo(60_000);
        assertThat(samples.coveredFrom(10_200, 61_000)).isEqualTo(10_200);
        assertThat(samples.coveredFrom(30_000, 40_000)).isEqualTo(40_000);
    }

    @Test
    void momentsIncludeBothEnds() {
        CollectedSamples samples = new CollectedSamples(1_000, 1_500);
        for (long at = 0; at <= 2_000; at += 500) {
            samples.append(at, Map.of());
        }
        assertThat(samples.moments(500, 1_500)).containsExactly(500, 1_000, 1_500);
        assertThat(samples.moments(2_001, 9_000)).isEmpty();
        assertThat(samples.moments(9_000, 0)).isEmpty();
    }
}
