package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Instant NOW = Instant.parse("2026-01-31T02:00:00Z");

    @Test
    void whatTenSecondsBringMayComeAtOnceAndThenItIsSaidWhen() {
        RateLimit limit = new RateLimit(12);
        assertThat(limit.take(NOW)).isZero();
        assertThat(limit.take(NOW)).isZero();
        assertThat(limit.take(NOW)).isEqualTo(Duration.ofSeconds(5));
        assertThat(limit.take(NOW.plusSeconds(4))).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.take(NOW.plusSeconds(5))).isZero();
        assertThat(limit.take(NOW.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theSlowestLetsOneInAtATime() {
        RateLimit limit = new RateLimit(1);
        assertThat(limit.take(NOW)).isZero();
        assertThat(limit.take(NOW)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatIsGivenBackMayBeTakenAgainAndNoMoreThanFitsIs() {
        RateLimit limit = new RateLimit(6);
        assertThat(limit.take(NOW)).isZero();
        limit.giveBack();
        limit.giveBack();
        assertThat(limit.take(NOW)).isZero();
        assertThat(limit.take(NOW)).isPositive();
    }

    @Test
    void aClockThatIsSetBackGivesNothing() {
        RateLimit limit = new RateLimit(6);
        assertThat(limit.take(NOW)).isZero();
        assertThat(limit.take(NOW.minusSeconds(3600))).isPositive();
    }
}
