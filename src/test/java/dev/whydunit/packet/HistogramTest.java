package dev.whydunit.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void fewDurationsAreExact() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 20; i++) {
            histogram.add(i * 1_000_000L);
        }
        assertThat(histogram.millis()).isEqualTo(new Distribution(20, 1, 10, 19, 20));
    }

    @Test
    void manyDurationsAreRightToOnePercent() {
        Random random = new Random(1);
        Histogram histogram = new Histogram();
        long[] all = new long[100_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.add(all[i]);
        }
        Arrays.sort(all);
        for (double share : new double[] {0.01, 0.5, 0.95, 0.999}) {
            double exact = all[(int) Math.ceil(share * all.length) - 1];
            assertThat(histogram.quantile(share)).isCloseTo(exact, within(exact * 0.01 + 1));
        }
        assertThat(histogram.max()).isEqualTo(all[all.length - 1]);
    }

    @Test
    void nothingIsZero() {
        assertThat(new Histogram().millis()).isEqualTo(Distribution.NONE);
    }
}
