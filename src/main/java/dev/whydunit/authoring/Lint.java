package dev.whydunit.authoring;

import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks runbooks in files and folders. */
public final class Lint {
    private static final long LARGEST = 4L << 20;
    private static final int DEEPEST = 20;
    private static final int MOST_FILES = 10_000;

    private final RunbookParser parser;
    private final Path directory;

    /** With a parser that knows the registered kinds; files are named as they are given. */
    public Lint(RunbookParser parser) {
        this(parser, Path.of(""));
    }

    /**
     * With a parser that knows the registered kinds.
     *
     * @param directory files below it are named from there, as a person who stands in it would
     */
    public Lint(RunbookParser parser, Path directory) {
        this.parser = parser;
        this.directory = directory;
    }

    private String name(Path file) {
        return !directory.toString().isEmpty() && file.startsWith(directory)
                ? directory.relativize(file).toString()
                : file.toString();
    }

    /** The id of a runbook and where it stands; a runbook itself is too large to keep of thousands. */
    public record Identity(String id, Position position) {
        static Identity of(Runbook runbook) {
            return new Identity(runbook.id(), runbook.position());
        }
    }

    /**
     * A file that was checked.
     *
     * @param text empty when it could not be read or has no mistakes
     * @param identity empty when it has mistakes
     */
    public record CheckedFile(Path file, String text, Optional<Identity> identity, List<Problem> problems) {
        /** Keeps its own copy of the problems. */
        public CheckedFile {
            problems = List.copyOf(problems);
        }
    }

    /** Checks files, and every {@code .yaml} and {@code .yml} file in folders, in order of their paths. */
    public List<CheckedFile> check(List<Path> filesAndFolders) {
        List<CheckedFile> checked = new ArrayList<>();
        Map<String, Identity> byId = new LinkedHashMap<>();
        for (Path given : filesAndFolders) {
            List<CheckedFile> here =
                    files(given, checked).parallelStream().map(this::check).toList();
            here.forEach(file -> checked.add(twice(file, byId)));
        }
        return checked;
    }

    private List<Path> files(Path given, List<CheckedFile> checked) {
        if (!Files.isDirectory(given)) {
            return List.of(given);
        }
        try (Stream<Path> found = Files.walk(given, DEEPEST)) {
            return found.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    // What stands in web_slowdown.cases are cases of a runbook, checked by runbook test.
                    .filter(file ->
                            !String.valueOf(file.toAbsolutePath().getParent()).endsWith(".cases"))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException e) {
            checked.add(unreadable(given, "cannot be listed: " + e.getMessage()));
            return List.of();
        }
    }

    /** The problems of a text that is not, or not yet, in its file. */
    public List<Problem> problems(String fileName, String text) {
        return parser.parse(fileName, text).problems();
    }

    /** Checks one file. */
    public CheckedFile check(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return unreadable(file, "is larger than " + LARGEST + " bytes");
            }
            String text = Files.readString(file);
            ParsedRunbook parsed = parser.parse(name(file), text);
            // The text of a file without mistakes is not shown: of thousands of files, only the others' is kept.
            return new CheckedFile(
                    file,
                    parsed.problems().isEmpty() ? "" : text,
                    parsed.runbook().map(Identity::of),
                    parsed.problems());
        } catch (MalformedInputException e) {
            return unreadable(file, "is not UTF-8 text");
        } catch (IOException e) {
            return unreadable(file, Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist");
        }
    }

    private CheckedFile unreadable(Path file, String why) {
        Problem problem = new Problem("E100", Position.start(name(file)), 1, "the file " + why, "");
        return new CheckedFile(file, "", Optional.empty(), List.of(problem));
    }

    /** Adds a problem when another file has the same id. */
    private static CheckedFile twice(CheckedFile checked, Map<String, Identity> byId) {
        if (checked.identity().isEmpty()) {
            return checked;
        }
        Identity identity = checked.identity().get();
        Identity first = byId.putIfAbsent(identity.id(), identity);
        if (first == null || first.position().file().equals(identity.position().file())) {
            return checked;
        }
        Problem problem = new Problem(
                "E317",
                identity.position(),
                identity.id().length(),
                "runbook '" + identity.id() + "' is also the id of "
                        + first.position().file(),
                "rename one");
        return new CheckedFile(checked.file(), checked.text(), Optional.empty(), List.of(problem));
    }
}
