package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
    @Test
    void aBodyIsReadToItsEndOrToTheLimit() throws IOException {
        byte[] body = new byte[20_000];
        assertThat(BodyLimit.read(new ByteArrayInputStream(body), 50_000)).hasSize(20_000);
        assertThat(BodyLimit.read(new ByteArrayInputStream(body), 10_001)).hasSize(10_001);
    }

    @Test
    void aByteNowAndThenDoesNotHoldAPlaceForEver() {
        InputStream drips = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                into[from] = 'x';
                return 1;
            }
        };
        assertThatThrownBy(() ->
                        BodyLimit.read(drips, Integer.MAX_VALUE / 2, Duration.ofMillis(50), new Semaphore(100_000)))
                .isInstanceOfSatisfying(
                        BodyLimit.NotRead.class, e -> assertThat(e.status()).isEqualTo(408));
    }

    @Test
    void largeBodiesShareTheRoomThatThereIs() throws IOException {
        Semaphore room = new Semaphore(2);
        byte[] large = new byte[BodyLimit.STEP * 4];
        assertThatThrownBy(
                        () -> BodyLimit.read(new ByteArrayInputStream(large), 1_000_000, Duration.ofMinutes(1), room))
                .isInstanceOfSatisfying(
                        BodyLimit.NotRead.class, e -> assertThat(e.status()).isEqualTo(429));
        byte[] fits = new byte[BodyLimit.STEP * 3];
        assertThat(BodyLimit.read(new ByteArrayInputStream(fits), 1_000_000, Duration.ofMinutes(1), room))
                .hasSize(fits.length);
        assertThat(room.availablePermits()).isEqualTo(2);
    }
}
