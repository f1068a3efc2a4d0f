package dev.whydunit.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The shop's log: one JSON object a line with the field names of the Elastic Common Schema. Thread-safe. */
final class EcsLog {
    private final JsonFactory json = new JsonFactory();
    private final ReentrantLock lock = new ReentrantLock();
    private final BufferedWriter file;
    private final String service;

    EcsLog(Path file, String service) throws IOException {
        this.file = Files.newBufferedWriter(file);
        this.service = service;
    }

    void info(String message, Map<String, Object> fields) {
        write("INFO", message, fields);
    }

    void warn(String message, Map<String, Object> fields) {
        write("WARN", message, fields);
    }

    void error(String message, Map<String, Object> fields) {
        write("ERROR", message, fields);
    }

    private void write(String level, String message, Map<String, Object> fields) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line)) {
            out.writeStartObject();
            out.writeStringProperty(
                    "@timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            out.writeStringProperty("log.level", level);
            out.writeStringProperty("message", message);
            out.writeStringProperty("ecs.version", "8.11.0");
            out.writeStringProperty("service.name", service);
            fields.forEach((name, value) -> {
                out.writeName(name);
                switch (value) {
                    case Integer number -> out.writeNumber(number);
                    case Long number -> out.writeNumber(number);
                    default -> out.writeString(value.toString());
                }
            });
            out.writeEndObject();
        }
        lock.lock();
        try {
            file.write(line.append('\n').toString());
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }
}
