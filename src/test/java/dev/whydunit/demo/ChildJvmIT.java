package dev.whydunit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("alone")
class ChildJvmIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aChildServesAndItsPortRefusesOnceItIsClosed() throws Exception {
        ChildJvm payment = start(PaymentService.class);
        int port;
        try (payment) {
            port = payment.port(LIMIT);
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
        assertThat(payment.isAlive()).isFalse();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aChildEndsByItselfWhenItsParentIsGone() throws Exception {
        try (ChildJvm payment = start(PaymentService.class)) {
            payment.port(LIMIT);
            payment.orphan();
            await().atMost(LIMIT).until(() -> !payment.isAlive());
        }
    }

    @Test
    void aChildThatCannotStartSaysWhy() throws Exception {
        try (ChildJvm shop = start(Shop.class)) {
            shop.tell("jdbc:h2:tcp://127.0.0.1:1/none");
            shop.tell("http://127.0.0.1:1/");
            assertThatThrownBy(() -> shop.port(LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the test process ended before it was ready")
                    .hasMessageContaining("Exception");
        }
    }

    private ChildJvm start(Class<?> main) throws IOException {
        return ChildJvm.start("test", main, 64, folder, Map.of(), List.of());
    }
}
