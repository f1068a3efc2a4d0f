package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SignIns signIns = new SignIns();

    private int triesLeft(String address, Instant now) {
        int tries = 0;
        while (signIns.mayTry(address, now)) {
            signIns.failed(address, now);
            tries++;
        }
        return tries;
    }

    @Test
    void anAddressMayTryTenTokensAndThenOneEverySixSeconds() {
        assertThat(triesLeft("192.0.2.1", NOW)).isEqualTo(SignIns.AT_ONCE);
        assertThat(signIns.mayTry("192.0.2.1", NOW.plusSeconds(5))).isFalse();
        assertThat(triesLeft("192.0.2.1", NOW.plusSeconds(6))).isEqualTo(1);
        assertThat(triesLeft("192.0.2.1", NOW.plusSeconds(3_600))).isEqualTo(SignIns.AT_ONCE);
        assertThat(signIns.mayTry("192.0.2.2", NOW)).isTrue();
    }

    @Test
    void aMachineWithManyAddressesOfOneNetworkIsOne() {
        assertThat(triesLeft("2001:db8:1:2::1", NOW)).isEqualTo(SignIns.AT_ONCE);
        assertThat(signIns.mayTry("2001:db8:1:2:ffff::9", NOW)).isFalse();
        assertThat(signIns.mayTry("2001:db8:1:3::1", NOW)).isTrue();
    }

    @Test
    void thatAnAddressTriesTooMuchIsSaidOnceInTenMinutes() {
        int said = 0;
        for (int second = 0; second < 900; second += 6) {
            said += signIns.failed("192.0.2.1", NOW.plusSeconds(second)) ? 1 : 0;
            said += signIns.failed("192.0.2.1", NOW.plusSeconds(second)) ? 1 : 0;
        }
        assertThat(said).isEqualTo(2);
    }

    @Test
    void manyAddressesAreForgottenTheOldestFirst() {
        triesLeft("192.0.2.1", NOW);
        for (int i = 0; i < 10_000; i++) {
            signIns.failed("10.0." + i / 250 + "." + i % 250, NOW);
        }
        assertThat(signIns.mayTry("192.0.2.1", NOW)).isTrue();
    }
}
