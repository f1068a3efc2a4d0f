package dev.whydunit.source.files;

import dev.whydunit.source.log.LogEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One event read from a file. Not thread-safe. */
final class FileEvent {
    /** The ECS name of an event's text. */
    static final String MESSAGE = "message";

    /** The ECS name of an event's time. */
    static final String TIMESTAMP = "@timestamp";

    private static final List<String> MESSAGE_NAMES =
            List.of("msg", "log", "body", "Body", "short_message", "MESSAGE", "event");

    /** What other conventions (OpenTelemetry, bunyan, zap, logrus, slog, GELF, journald) call ECS fields. */
    private static final Map<String, List<String>> OTHER_NAMES = Map.of(
            MESSAGE,
            MESSAGE_NAMES,
            "log.level",
            List.of("level", "severity", "severity_text", "SeverityText", "lvl", "levelname", "severityText"),
            "log.logger",
            List.of("logger", "logger_name", "name"),
            "service.name",
            List.of("resource.service.name", "resource.attributes.service.name", "service", "app"),
            "host.name",
            List.of("host.hostname", "hostname", "host", "_HOSTNAME"),
            "trace.id",
            List.of("trace_id", "traceId", "TraceId"),
            "process.name",
            List.of("SYSLOG_IDENTIFIER"),
            "error.stack_trace",
            List.of("stack_trace", "stacktrace", "exception.stacktrace"));

    private static final Set<String> TEXTS = Set.copyOf(MESSAGE_NAMES);

    private final long nanos;
    private final Map<String, Object> fields;
    private final Map<String, String> names;
    private final Map<String, List<String>> tokens = new HashMap<>();

    /**
     * @param nanos when it happened
     * @param fields its fields, nested names joined with dots
     * @param names what the file calls a field, by the name that is asked for
     */
    FileEvent(long nanos, Map<String, Object> fields, Map<String, String> names) {
        this.nanos = nanos;
        this.fields = fields;
        this.names = names;
    }

    long nanos() {
        return nanos;
    }

    /** Whether a field's values are texts that are searched word by word, rather than exact values. */
    static boolean isText(String field) {
        return field.equals(MESSAGE)
                || field.endsWith(".message")
                || field.equals("error.stack_trace")
                || field.equals("event.original")
                || TEXTS.contains(field);
    }

    /** The values of a field; none when the event does not have it. */
    List<?> values(String field) {
        Object value = fields.get(names.getOrDefault(field, field));
        if (value == null) {
            for (String other : OTHER_NAMES.getOrDefault(field, List.of())) {
                value = fields.get(other);
                if (value != null) {
                    break;
                }
            }
        }
        if (value == null && field.endsWith(".keyword")) {
            return values(field.substring(0, field.length() - ".keyword".length()));
        }
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    /** Whether it has the field, or one below it. */
    boolean has(String field) {
        if (field.equals(TIMESTAMP) || !values(field).isEmpty()) {
            return true;
        }
        String below = field + ".";
        return fields.keySet().stream().anyMatch(name -> name.startsWith(below));
    }

    /** The words of a text field, as Lucene's standard analyzer cuts them. */
    List<String> tokens(String field) {
        return tokens.computeIfAbsent(field, name -> Words.of(values(name)));
    }

    String message() {
        return values(MESSAGE).stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** As it is shown to people: the fields that are not its text. */
    LogEvent shown() {
        Map<String, String> texts = new LinkedHashMap<>();
        String message = message();
        fields.forEach((name, value) -> {
            String text = value instanceof List<?> list
                    ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                    : value.toString();
            boolean isMessage = (name.equals(MESSAGE) || TEXTS.contains(name)) && text.equals(message);
            if (!isMessage && !name.equals(TIMESTAMP)) {
                texts.put(name, text);
            }
        });
        return new LogEvent(TimeReader.instant(nanos), message, texts);
    }

    /** A level word as ECS writes it, when the text is one. */
    static Optional<String> level(String word) {
        return switch (word) {
            case "TRACE",
                    "DEBUG",
                    "INFO",
                    "NOTICE",
                    "WARN",
                    "WARNING",
                    "ERROR",
                    "CRITICAL",
                    "CRIT",
                    "FATAL",
                    "SEVERE",
                    "ALERT",
                    "EMERG",
                    "PANIC" -> Optional.of(word);
            case "trace",
                    "debug",
                    "info",
                    "notice",
                    "warn",
                    "warning",
                    "error",
                    "critical",
                    "crit",
                    "fatal",
                    "alert",
                    "emerg",
                    "panic" -> Optional.of(word);
            default -> Optional.empty();
        };
    }
}
