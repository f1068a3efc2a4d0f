package dev.whydunit.source.files;

import dev.whydunit.source.SourceEnvironment;
import dev.whydunit.source.SourceKind;
import dev.whydunit.source.log.LogSource;
import java.time.DateTimeException;
import java.time.ZoneId;

/** The source kind {@code files}. */
public final class FilesKind implements SourceKind<FilesSettings> {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public Class<FilesSettings> settings() {
        return FilesSettings.class;
    }

    @Override
    public Class<?> type() {
        return LogSource.class;
    }

    /** @throws IllegalArgumentException when a glob cannot be read or the time zone does not exist */
    @Override
    public LogSource open(String name, FilesSettings settings, SourceEnvironment environment) {
        for (String path : settings.paths()) {
            try {
                Globs.check(path);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "source " + name + ": paths: '" + path + "' is not a glob: " + wrong.getMessage(), wrong);
            }
        }
        ZoneId zone;
        try {
            zone = settings.timeZone().map(ZoneId::of).orElseGet(ZoneId::systemDefault);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "source " + name + ": time_zone '" + settings.timeZone().orElse("")
                            + "' does not exist; write a name such as Europe/Berlin or UTC",
                    unknown);
        }
        return new FileLogSource(name, settings, zone, environment);
    }
}
