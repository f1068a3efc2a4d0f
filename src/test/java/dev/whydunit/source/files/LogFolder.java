package dev.whydunit.source.files;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSource;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.TimeWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A folder of log files that a test writes, and questions to it. */
public record LogFolder(Path folder) implements SourceEnvironment {
    public static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    @Override
    public String secret(String reference) {
        throw new IllegalArgumentException("no secrets here: " + reference);
    }

    @Override
    public Path resolve(String path) {
        return folder.resolve(path);
    }

    LogFolder write(String file, String... lines) throws IOException {
        Files.writeString(folder.resolve(file), String.join("\n", lines) + "\n");
        return this;
    }

    LogFolder zip(String file, String... lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(file)))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    public LogSource source(String... paths) {
        return source(new FilesSettings(List.of(paths), LogFormat.AUTO, Optional.of("UTC"), 20_000_000_000L, Map.of()));
    }

    LogSource source(FilesSettings settings) {
        return new FilesKind().open("files", settings, this);
    }

    LogAnswer ask(String query) throws LogUnreadable, InterruptedException {
        return source("**").ask(question(query));
    }

    long count(String query) throws LogUnreadable, InterruptedException {
        return ask(query).window().count();
    }

    /** The quarter of an hour before noon, compared with the one before. */
    public static LogQuestion question(String query, String... fields) {
        TimeWindow window = new TimeWindow(NOON.minus(Duration.ofMinutes(15)), NOON);
        return new LogQuestion(
                query,
                window,
                Optional.of(window.earlier(Duration.ofMinutes(15))),
                List.of(fields),
                10,
                5,
                1_000,
                30,
                Duration.ofSeconds(60));
    }
}
