package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.running.RunbookFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runbooks that can be run by name: those in the configured folders, then those that came with the program. */
final class Library {
    private static final long MAX_BYTES = 4L << 20;

    /** A runbook, the name of its file and its text. */
    record Found(Runbook runbook, String name, String text) {}

    private final Application application;
    private final Configuration configuration;

    Library(Application application, Configuration configuration) {
        this.application = application;
        this.configuration = configuration;
    }

    /** The runbook in that file or of that id; empty, with the reason said, when there is none or it has mistakes. */
    Optional<Found> find(String name) {
        Path file = application.directory().resolve(name);
        if (Files.isRegularFile(file)) {
            return text(file).flatMap(text -> parse(name, text));
        }
        for (Path candidate : files()) {
            String fileName = candidate.getFileName().toString();
            if (fileName.equals(name + ".yaml") || fileName.equals(name + ".yml")) {
                return text(candidate).flatMap(text -> parse(shown(candidate), text));
            }
        }
        Optional<String> shipped = RunbookFiles.shipped(name);
        if (shipped.isPresent()) {
            return parse(name + ".yaml", shipped.get());
        }
        application.fail("there is no runbook " + name + ": neither a file of that name nor one of "
                + String.join(", ", ids().keySet()));
        return Optional.empty();
    }

    private Optional<Found> parse(String name, String text) {
        ParsedRunbook parsed = new RunbookParser(application.signatures()).parse(name, text);
        application.say(parsed.problems());
        return parsed.runbook().map(runbook -> new Found(runbook, name, text));
    }

    /** The ids of the runbooks that can be run by name, and where each is. */
    Map<String, String> ids() {
        Map<String, String> ids = new LinkedHashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            ids.putIfAbsent(name.substring(0, name.lastIndexOf('.')), shown(file));
        }
        RunbookFiles.SHIPPED.forEach(id -> ids.putIfAbsent(id, "shipped with the program"));
        return ids;
    }

    private String shown(Path file) {
        Path directory = application.directory().toAbsolutePath();
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }

    private List<Path> files() {
        return RunbookFiles.below(configuration.runbooks());
    }

    /** A file's text; empty, with the reason said, when it cannot be read. */
    Optional<String> text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                application.fail(file + " is larger than " + MAX_BYTES + " bytes: that is no runbook");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file));
        } catch (java.nio.charset.CharacterCodingException e) {
            application.fail(file + " is not UTF-8 text; save it as UTF-8");
            return Optional.empty();
        } catch (IOException e) {
            application.fail("cannot read " + file + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
