package dev.whydunit.authoring;

import dev.whydunit.authoring.rules.Edit;
import dev.whydunit.authoring.rules.Profile;
import dev.whydunit.authoring.rules.Remark;
import dev.whydunit.authoring.rules.Rules;
import dev.whydunit.authoring.rules.Surroundings;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Severity;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks runbooks in files and folders. */
public final class Lint {
    private static final long LARGEST = 4L << 20;
    private static final String MARK = "\uFEFF";
    private static final int DEEPEST = 20;
    private static final int MOST_FILES = 10_000;

    /** Mending one thing may show another; more rounds than this would be a defect. */
    private static final int ROUNDS = 5;

    private final RunbookParser parser;
    private final Path directory;
    private final Profile profile;
    private final Surroundings surroundings;

    /** With a parser that knows the registered kinds; files are named as they are given. */
    public Lint(RunbookParser parser) {
        this(parser, Path.of(""));
    }

    /** For errors alone, whatever is configured. */
    public Lint(RunbookParser parser, Path directory) {
        this(parser, directory, Profile.MINIMAL, Surroundings.NONE);
    }

    /**
     * With a parser that knows the registered kinds.
     *
     * @param directory files below it are named from there, as a person who stands in it would
     * @param profile how strict it is
     * @param surroundings what the configuration allows
     */
    public Lint(RunbookParser parser, Path directory, Profile profile, Surroundings surroundings) {
        this.parser = parser;
        this.directory = directory;
        this.profile = profile;
        this.surroundings = surroundings;
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
     * @param text empty when it could not be read or nothing is wrong with it
     * @param identity empty when it has errors
     * @param problems errors and warnings, in the order of the file
     * @param edits what would mend some of them
     */
    public record CheckedFile(
            Path file, String text, Optional<Identity> identity, List<Problem> problems, List<Edit> edits) {
        /** Keeps its own copies of the lists. */
        public CheckedFile {
            problems = List.copyOf(problems);
            edits = List.copyOf(edits);
        }

        /** Whether the runbook could be run. */
        public boolean usable() {
            return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        }
    }

    /**
     * Mends what can be mended safely in files, and in every {@code .yaml} and {@code .yml} file in folders. Each file is written at
     * once or not at all; one that would have more errors afterwards stays as it is. Mending a second time changes nothing.
     *
     * @return what was changed, line by line, for people
     * @throws IOException when a file cannot be written
     */
    public List<String> mend(List<Path> filesAndFolders) throws IOException {
        List<String> changes = new ArrayList<>();
        for (Path given : filesAndFolders) {
            for (Path file : files(given, new ArrayList<>())) {
                CheckedFile checked = check(file);
                if (checked.edits().isEmpty()) {
                    continue;
                }
                String before = Files.readString(file);
                String mark = before.startsWith(MARK) ? MARK : "";
                String text = before.substring(mark.length());
                CheckedFile mended = checked;
                for (int round = 0; round < ROUNDS && !mended.edits().isEmpty(); round++) {
                    text = Mending.apply(text, mended.edits());
                    mended = check(file, text);
                }
                if (errors(mended) <= errors(checked)) {
                    Mending.write(file, mark + text);
                    changes.addAll(Mending.changes(name(file), before, mark + text));
                }
            }
        }
        return changes;
    }

    private static long errors(CheckedFile file) {
        return file.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
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

    /** The runbook in a file; empty when it has errors or cannot be read. */
    public Optional<Runbook> runbook(Path file) {
        try {
            return parser.parse(name(file), Files.readString(file)).runbook();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The problems of a text that is not, or not yet, in its file. */
    public List<Problem> problems(String fileName, String text) {
        ParsedRunbook parsed = parser.parse(fileName, text);
        List<Problem> problems = new ArrayList<>(parsed.problems());
        Rules.look(text, parsed, profile, surroundings).forEach(remark -> problems.add(remark.problem()));
        problems.sort(Comparator.comparing(Problem::position));
        return problems;
    }

    /** Checks one file. */
    public CheckedFile check(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return unreadable(file, "is larger than " + LARGEST + " bytes");
            }
            return check(file, Files.readString(file));
        } catch (MalformedInputException e) {
            return unreadable(file, "is not UTF-8 text");
        } catch (IOException e) {
            return unreadable(file, Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist");
        }
    }

    private CheckedFile check(Path file, String withMark) {
        String text = withMark.startsWith(MARK) ? withMark.substring(1) : withMark;
        ParsedRunbook parsed = parser.parse(name(file), text);
        List<Remark> remarks = Rules.look(text, parsed, profile, surroundings);
        List<Problem> problems = new ArrayList<>(parsed.problems());
        List<Edit> edits = new ArrayList<>();
        remarks.forEach(remark -> {
            problems.add(remark.problem());
            edits.addAll(remark.fix());
        });
        problems.sort(Comparator.comparing(Problem::position));
        // The text of a file with which nothing is wrong is not shown: of thousands of files, only the others' is kept.
        return new CheckedFile(
                file, problems.isEmpty() ? "" : text, parsed.runbook().map(Identity::of), problems, edits);
    }

    private CheckedFile unreadable(Path file, String why) {
        Problem problem = new Problem("E100", Position.start(name(file)), 1, "the file " + why, "");
        return new CheckedFile(file, "", Optional.empty(), List.of(problem), List.of());
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
        List<Problem> problems = new ArrayList<>(checked.problems());
        problems.addFirst(problem);
        return new CheckedFile(checked.file(), checked.text(), Optional.empty(), problems, checked.edits());
    }
}
