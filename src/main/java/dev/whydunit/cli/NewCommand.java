package dev.whydunit.cli;

import dev.whydunit.authoring.Draft;
import dev.whydunit.authoring.RunbookSchema;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.schema.Names;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.ProblemRenderer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook new}: asks, or reads flags, and writes a runbook with its first case. */
@Command(
        mixinStandardHelpOptions = true,
        name = "new",
        description = "Write a new runbook that lints clean, and its first case.",
        footer = {
            "",
            "On a terminal it asks for what no option says; Ctrl-D or Ctrl-C leaves nothing behind.",
            "No file that exists is written over.",
            "",
            "Example: whydunit runbook new disk_full --title 'A service cannot write' \\",
            "           --cause 'full=The disk is full' --cause 'read_only=It is mounted read-only'"
        })
final class NewCommand implements Callable<Integer> {
    private static final int MOST_CAUSES = 20;
    private static final int LONGEST = 300;

    private final Application application;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Its id and the name of its file, in snake_case.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--title", paramLabel = "TEXT", description = "What it is for, in a few words.")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--symptom",
            paramLabel = "TEXT",
            description = "What is wrong, in one sentence (default: the title).")
    private Optional<String> symptom = Optional.empty();

    @Option(names = "--cause", paramLabel = "ID=CLAIM", description = "A cause that you suspect; once for each.")
    private List<String> causes = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "TEMPLATE",
            description = "Where its first step looks: command, logs or metrics (default: command).")
    private Optional<Draft.Template> template = Optional.empty();

    @Option(names = "--dir", paramLabel = "DIR", description = "The folder to write into (default: this one).")
    private Path directory = Path.of("");

    @Option(names = "--no-input", description = "Ask nothing, even on a terminal.")
    private boolean noInput;

    NewCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Draft> draft;
        if (application.console().inIsTerminal() && !noInput) {
            try {
                Interview interview = new Interview(
                        new InputStreamReader(System.in, StandardCharsets.UTF_8),
                        application.console().err());
                draft = asked(interview);
            } catch (Interview.Ended e) {
                application.fail("ended; nothing was written");
                return ExitCode.INTERRUPTED;
            }
        } else {
            draft = given();
        }
        return draft.isEmpty() ? ExitCode.USAGE : write(draft.get());
    }

    /** From options alone. */
    private Optional<Draft> given() {
        if (name.isEmpty()) {
            application.fail(
                    "a new runbook needs a name: whydunit runbook new disk_full --cause 'full=The disk is full'");
            return Optional.empty();
        }
        if (causes.isEmpty()) {
            application.fail("a runbook needs a cause that it suspects: --cause 'full=The disk is full'");
            return Optional.empty();
        }
        return suspects().filter(known -> right(idProblem(name.get(), known))).flatMap(known -> {
            String called = title.orElseGet(() -> words(name.get()));
            return right(textProblem(called)) && right(textProblem(symptom.orElse(called)))
                    ? Optional.of(new Draft(
                            name.get(), called, symptom.orElse(called), known, template.orElse(Draft.Template.COMMAND)))
                    : Optional.empty();
        });
    }

    private boolean right(Optional<String> problem) {
        problem.ifPresent(application::fail);
        return problem.isEmpty();
    }

    /** From questions, for what no option says. */
    private Optional<Draft> asked(Interview interview) throws Interview.Ended, IOException {
        Optional<List<Map.Entry<String, String>>> suspects = suspects();
        if (suspects.isEmpty() || (name.isPresent() && !right(idProblem(name.get(), List.of())))) {
            return Optional.empty();
        }
        interview.say("A new runbook. Enter takes what stands in brackets; Ctrl-D ends, and nothing is written.");
        String id = name.isPresent()
                ? name.get()
                : interview.ask("Its name, in snake_case", "", given -> idProblem(given, List.of()));
        String called = title.isPresent()
                ? title.get()
                : interview.ask("What is it for, in a few words", words(id), NewCommand::textProblem);
        String wrong = symptom.isPresent()
                ? symptom.get()
                : interview.ask("What is wrong, in one sentence", called, NewCommand::textProblem);
        List<Map.Entry<String, String>> known = new ArrayList<>(suspects.get());
        while (causes.isEmpty() && known.size() < MOST_CAUSES) {
            String question = known.isEmpty()
                    ? "A cause that you suspect, in one sentence"
                    : "Another cause (Enter when there is none)";
            String claim = interview.ask(
                    question, "", given -> given.isEmpty() && !known.isEmpty() ? Optional.empty() : textProblem(given));
            if (claim.isEmpty()) {
                break;
            }
            String cause = interview.ask("  its id", suggested(claim), given -> idProblem(given, known));
            known.add(Map.entry(cause, claim));
        }
        Draft.Template from = template.isPresent()
                ? template.get()
                : Draft.Template.valueOf(interview
                        .ask("Where does it look first: command, logs, metrics", "command", NewCommand::templateProblem)
                        .toUpperCase(Locale.ROOT));
        return Optional.of(new Draft(id, called, wrong, known, from));
    }

    /** The causes that options name; empty, with the reason said, when one is wrong. */
    private Optional<List<Map.Entry<String, String>>> suspects() {
        List<Map.Entry<String, String>> known = new ArrayList<>();
        for (String cause : causes) {
            int equals = cause.indexOf('=');
            if (equals < 1) {
                application.fail("a cause is given as id=claim, such as --cause 'full=The disk is full', not " + cause);
                return Optional.empty();
            }
            String id = cause.substring(0, equals).strip();
            String claim = cause.substring(equals + 1).strip();
            if (!right(idProblem(id, known)) || !right(textProblem(claim))) {
                return Optional.empty();
            }
            known.add(Map.entry(id, claim));
        }
        if (known.size() > MOST_CAUSES) {
            application.fail("begin with at most " + MOST_CAUSES + " causes; more can be written into the file");
            return Optional.empty();
        }
        return Optional.of(known);
    }

    private static Optional<String> idProblem(String id, List<Map.Entry<String, String>> taken) {
        if (!Names.isId(id)) {
            return Optional.of("'" + id + "' is no id: lower-case letters, digits and _, a letter first, at most 64");
        }
        if (id.equals("other")) {
            return Optional.of("'other' stands for every cause that is not written down; choose another id");
        }
        return taken.stream().anyMatch(cause -> cause.getKey().equals(id))
                ? Optional.of("there is a cause '" + id + "' already")
                : Optional.empty();
    }

    private static Optional<String> textProblem(String text) {
        if (text.isBlank()) {
            return Optional.of("write a few words");
        }
        return text.length() > LONGEST ? Optional.of("at most " + LONGEST + " characters") : Optional.empty();
    }

    private static Optional<String> templateProblem(String word) {
        for (Draft.Template known : Draft.Template.values()) {
            if (known.name().equalsIgnoreCase(word)) {
                return Optional.empty();
            }
        }
        return Optional.of("command, logs or metrics");
    }

    private static String words(String id) {
        String text = id.replace('_', ' ');
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** An id made of the first words that say something. */
    private static String suggested(String claim) {
        StringBuilder id = new StringBuilder();
        int words = 0;
        for (String word : claim.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            boolean says = word.length() > 2
                    && !List.of("the", "and", "are", "has", "for", "its").contains(word);
            if (says && words < 3 && id.length() + word.length() < 40) {
                id.append(id.isEmpty() ? "" : "_").append(word);
                words++;
            }
        }
        return Names.isId(id.toString()) ? id.toString() : "";
    }

    private int write(Draft draft) {
        Path folder = application.directory().resolve(directory);
        Path runbook = folder.resolve(draft.id() + ".yaml");
        String text = draft.runbook();
        List<Problem> problems = new RunbookParser(application.signatures())
                .parse(runbook.getFileName().toString(), text)
                .problems();
        if (!problems.isEmpty()) {
            application.fail("what you wrote does not make a runbook; nothing was written");
            problems.forEach(
                    problem -> application.console().err().print(ProblemRenderer.lineAndExcerpt(problem, text)));
            return ExitCode.USAGE;
        }
        Path cases = folder.resolve(draft.id() + ".cases");
        Path firstCase = cases.resolve(draft.causes().getFirst().getKey() + ".yaml");
        for (Path file : List.of(runbook, firstCase)) {
            if (Files.exists(file)) {
                application.fail(shown(file) + " exists already; nothing was written");
                return ExitCode.USAGE;
            }
        }
        List<Path> written = new ArrayList<>();
        try {
            folders(cases, written);
            create(firstCase, draft.firstCase(), written);
            Path schema = folder.resolve(Draft.SCHEMA_FILE);
            if (!Files.exists(schema)) {
                create(schema, RunbookSchema.json(application.signatures()), written);
            }
            create(runbook, text, written);
        } catch (IOException e) {
            undo(written);
            application.fail("cannot write " + shown(runbook) + ": "
                    + (e instanceof FileAlreadyExistsException ? "it exists already" : e.getMessage()));
            return ExitCode.FAILED;
        }
        application.console().out().println("Written: " + shown(runbook) + " and its first case, " + shown(firstCase));
        application.console().out().println("Next:    whydunit runbook lint " + shown(runbook));
        application.console().out().println("         whydunit runbook test " + shown(runbook));
        application.console().out().flush();
        return ExitCode.DONE;
    }

    /** Makes the folder and those above it that do not exist. */
    private static void folders(Path folder, List<Path> made) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.exists(parent)) {
            folders(parent, made);
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
            made.add(folder);
        }
    }

    private static void create(Path file, String text, List<Path> made) throws IOException {
        made.add(Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private void undo(List<Path> written) {
        for (Path path : written.reversed()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                application.fail("cannot remove " + shown(path) + ", which is left over: " + e.getMessage());
            }
        }
    }

    private String shown(Path file) {
        Path here = application.directory().toAbsolutePath();
        return file.toAbsolutePath().startsWith(here)
                ? here.relativize(file.toAbsolutePath()).toString()
                : file.toString();
    }
}
