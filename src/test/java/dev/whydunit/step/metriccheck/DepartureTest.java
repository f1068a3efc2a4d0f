package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.promql.Labels;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DepartureTest {
    private static Values values(IntToDoubleFunction value) {
        return new Values(
                Labels.EMPTY,
                LongStream.range(0, 100).toArray(),
                IntStream.range(0, 100).mapToDouble(value).toArray(),
                0);
    }

    @Test
    void aSeriesThatStaysScoresLittle() {
        assertThat(Departure.score(values(i -> 10 + i % 5), values(i -> 10 + i % 5)))
                .isLessThan(2);
        assertThat(Departure.score(values(i -> 10), values(i -> 10))).isZero();
    }

    @Test
    void isCountedInTheBaselinesSpread() {
        // Quartiles 1 and 3 of 0…4: a spread of 2 / 1.349.
        assertThat(Departure.score(values(i -> 22), values(i -> i % 5))).isCloseTo(20 / (2 / 1.349), within(1e-9));
    }

    @Test
    void oneOddSampleDoesNotDecideButATenthOfTheWindowDoes() {
        Values steady = values(i -> i % 5);
        assertThat(Departure.score(values(i -> i == 50 ? 1e6 : i % 5), steady)).isLessThan(2);
        assertThat(Departure.score(values(i -> i >= 85 ? 1e6 : i % 5), steady)).isEqualTo(1000);
    }

    @Test
    void fromNothingIsAHundredUnits() {
        assertThat(Departure.score(values(i -> 0.001), values(i -> 0))).isCloseTo(100, within(1e-9));
        assertThat(Departure.scoreOfNew(values(i -> 7))).isCloseTo(100, within(1e-9));
        assertThat(Departure.scoreOfNew(values(i -> 0))).isZero();
    }
}
