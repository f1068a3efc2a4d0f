package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointTest {
    private static double[] series(int n, IntToDoubleFunction value) {
        return IntStream.range(0, n).mapToDouble(value).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 45, 70, 85})
    void findsAStepWithinOnePoint(int at) {
        Random random = new Random(1);
        OptionalInt found = ChangePoint.find(series(90, i -> 10 + random.nextGaussian() + (i >= at ? 10 : 0)));
        assertThat(found).isPresent();
        assertThat(found.getAsInt()).isBetween(at - 1, at + 1);
    }

    @Test
    void findsAStepDownToo() {
        assertThat(ChangePoint.find(series(20, i -> i < 12 ? 100 + i % 3 : 1))).hasValue(12);
    }

    @Test
    void findsTheBeginningOfARampThatASlidingRateMakes() {
        // A rate over 20 points climbs for 20 points after the step at 50.
        Random random = new Random(2);
        double[] smoothed = series(120, i -> 1 + Math.clamp((i - 49) / 20.0, 0, 1) * 9 + 0.05 * random.nextGaussian());
        OptionalInt found = ChangePoint.find(smoothed);
        assertThat(found).isPresent();
        assertThat(found.getAsInt()).isBetween(50, 53);
    }

    @Test
    void aSeriesThatNeverMovesHasNone() {
        assertThat(ChangePoint.find(series(50, i -> 3))).isEmpty();
        assertThat(ChangePoint.find(new double[0])).isEmpty();
        assertThat(ChangePoint.find(series(7, i -> i < 3 ? 0 : 100))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 30, 90, 240})
    void noiseAloneHardlyEverHasOne(int n) {
        Random random = new Random(3);
        int found = 0;
        for (int run = 0; run < 2_000; run++) {
            if (ChangePoint.find(series(n, i -> 10 + random.nextGaussian())).isPresent()) {
                found++;
            }
        }
        // Measured: see docs/steps/metric_check.md.
        assertThat(found).as("of 2,000 series of %d points", n).isLessThanOrEqualTo(50);
    }

    @Test
    void aPeriodicSeriesHasNone() {
        assertThat(ChangePoint.find(series(120, i -> 10 + 3 * Math.sin(i / 3.0))))
                .isEmpty();
    }

    @Test
    void oneSpikeIsNoShift() {
        assertThat(ChangePoint.find(series(60, i -> i == 30 ? 1_000 : 10 + i % 2)))
                .isEmpty();
    }

    @Test
    void hugeValuesDoNotOverflow() {
        double[] values = series(40, i -> i < 20 ? -Double.MAX_VALUE / 4 : Double.MAX_VALUE / 4);
        assertThat(ChangePoint.find(values)).hasValue(20);
        Arrays.setAll(values, i -> i < 20 ? -Double.MAX_VALUE : Double.MAX_VALUE);
        ChangePoint.find(values);
    }
}
