package dev.whydunit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.whydunit.config.LoggingSettings;
import dev.whydunit.masking.SecretMask;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WebStartTest {
    @Test
    void aStartThatIsGivenUpEndsAndSaysNothing() {
        SecretMask nothing = new SecretMask(Set.of());
        ServerLog.begin(LoggingSettings.DEFAULT, () -> nothing);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(said);
        try {
            WebStart start = WebStart.begin(Map.of("server.port", 0));
            await().until(WebStartTest::runs);
            start.close();
            await().until(() -> !runs());
        } finally {
            root.detachAppender(said);
        }
        assertThat(said.list).isEmpty();
    }

    private static boolean runs() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("web start"));
    }
}
