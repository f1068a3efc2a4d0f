package dev.whydunit.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.report.PlainText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line an event: for people, or an object with the field names of the Elastic Common Schema. Secrets are taken out of what is said and of
 * stack traces; control characters do not come through.
 */
final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final String ECS_VERSION = "8.11";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = new JsonMapper();

    private final boolean json;
    private final Supplier<SecretMask> mask;
    private final long pid = ProcessHandle.current().pid();

    LogLines(boolean json, Supplier<SecretMask> mask) {
        this.json = json;
        this.mask = mask;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return ((json ? json(event) : text(event)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String masked(String text) {
        return mask.get().text(text);
    }

    private String text(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String trace = event.getMDCPropertyMap().getOrDefault(TraceIds.LOGGED, "");
        return PlainText.forTerminal("%s %-5s [%s]%s %s: %s"
                        .formatted(
                                TIME.format(event.getInstant()),
                                event.getLevel(),
                                event.getThreadName(),
                                trace.isEmpty() ? "" : " " + trace,
                                event.getLoggerName(),
                                indented(masked(event.getFormattedMessage()))))
                + (thrown == null ? "" : stack(thrown));
    }

    private String stack(IThrowableProxy thrown) {
        return "\n    " + PlainText.forTerminal(indented(masked(ThrowableProxyUtil.asString(thrown))));
    }

    /** A line break in what was said begins no line that looks like another event. */
    private static String indented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n    "));
    }

    private String json(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Instant at = event.getInstant();
        fields.put("@timestamp", at.toString());
        fields.put("log", Map.of("level", event.getLevel().toString(), "logger", event.getLoggerName()));
        fields.put("process", Map.of("pid", pid, "thread", Map.of("name", event.getThreadName())));
        fields.put("service", Map.of("name", "whydunit"));
        fields.put("message", masked(event.getFormattedMessage()));
        event.getMDCPropertyMap().forEach((name, value) -> fields.put(name, masked(value)));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("type", thrown.getClassName());
            error.put("message", masked(String.valueOf(thrown.getMessage())));
            error.put("stack_trace", masked(ThrowableProxyUtil.asString(thrown)));
            fields.put("error", error);
        }
        fields.put("ecs", Map.of("version", ECS_VERSION));
        return JSON.writeValueAsString(fields);
    }
}
