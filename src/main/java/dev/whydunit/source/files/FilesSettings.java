package dev.whydunit.source.files;

import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a source of kind {@code files}. */
@About("Log files on this machine, also gzipped ones.")
public record FilesSettings(
        @About(
                value = "Files, as globs relative to the configuration; ** crosses folders.",
                example = "['logs/*.log*', /var/log/nginx/access.log]")
        List<String> paths,

        @About("How the files are written; auto finds it out from each file's first lines.") @Default("auto")
        LogFormat format,

        @About(value = "The zone of times that name none; left out: this machine's.", example = "Europe/Berlin")
        Optional<String> timeZone,

        @About(
                "The most that one question may read, in bytes after unpacking; more is an error, since counts would be too low.")
        @Default("20000000000")
        long maxBytes,

        @About(value = "What the files call a field, by its ECS name.", example = "{service.name: app, log.level: sev}")
        Map<String, String> fields) {
    /**
     * Keeps its own copies.
     *
     * @throws IllegalArgumentException when no path is given or the limit is not positive
     */
    public FilesSettings {
        paths = List.copyOf(paths);
        fields = Map.copyOf(fields);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("paths must name at least one file or glob");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("max_bytes must be at least 1, but is " + maxBytes);
        }
    }
}
