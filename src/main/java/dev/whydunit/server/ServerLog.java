package dev.whydunit.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.whydunit.config.LoggingSettings;
import dev.whydunit.masking.SecretMask;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets logging up: what the server itself says from information on, what libraries say from warnings on, all of it without secrets. */
final class ServerLog {
    private ServerLog() {}

    static void begin(LoggingSettings settings, Supplier<SecretMask> mask) {
        // Spring would set it up again, in its own way and with its own time.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        LogLines lines = new LogLines(settings.format() == LoggingSettings.Format.JSON, mask);
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(lines);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        context.getLogger("dev.whydunit.server").setLevel(Level.INFO);
        // It warns at every start that the API describes itself, as it should.
        context.getLogger(ApiDocs.MAKER).setLevel(Level.ERROR);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
