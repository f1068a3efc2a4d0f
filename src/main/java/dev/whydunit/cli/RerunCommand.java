package dev.whydunit.cli;

import dev.whydunit.cases.Case;
import dev.whydunit.cases.CaseReader;
import dev.whydunit.cases.ParsedCase;
import dev.whydunit.cases.Recording;
import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Limits;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.Pruned;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.replay.Replay;
import dev.whydunit.replay.Replayed;
import dev.whydunit.replay.Rerun;
import dev.whydunit.replay.RerunText;
import dev.whydunit.report.PlainText;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.running.ConfiguredSecrets;
import dev.whydunit.running.ThisMachine;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit investigation rerun}: what a changed runbook would have made of what was seen. */
@Command(
        mixinStandardHelpOptions = true,
        name = "rerun",
        description =
                "Replay what an investigation saw: what would the verdict be with the runbook as it is now? Touches nothing.",
        footer = {
            "",
            "A step that the runbook now takes, and of which nothing was recorded, is not checked.",
            "Exit codes: 0 done (with --detailed-exitcode: 1 when the verdict differs), 2 the runbook or the case is wrong.",
            "",
            "Example: whydunit investigation rerun latest --runbook web_slowdown.yaml"
        })
final class RerunCommand implements Callable<Integer> {
    /** How results are printed. */
    enum Format {
        TEXT,
        JSON
    }

    private record Recorded(String name, String runbook, Optional<List<Event>> events, String caseText) {}

    private final Application application;

    @Parameters(
            paramLabel = "ID|FILE",
            defaultValue = ChosenInvestigation.CURRENT,
            description = "An investigation's id, the beginning of it, 'latest', or a case's file.")
    private String id = ChosenInvestigation.CURRENT;

    @Option(
            names = "--runbook",
            paramLabel = "RUNBOOK",
            description = "A runbook's file or id (default: the one that was run, as it is now).")
    private Optional<String> runbook = Optional.empty();

    @Option(names = "--detailed-exitcode", description = "Tell by the exit code whether the verdict differs.")
    private boolean detailedExitCode;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format = Format.TEXT;

    @Mixin
    private CommonOptions common = new CommonOptions();

    RerunCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Optional<Configuration> configuration = application.configuration(common);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Path file = application.directory().resolve(id);
        return Files.isRegularFile(file) ? ofCase(file, configuration.get()) : ofStored(configuration.get());
    }

    private int ofCase(Path file, Configuration configuration) {
        Library library = new Library(application, configuration);
        Optional<String> text = library.text(file);
        if (text.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<Library.Found> found = library.find(runbook.orElseGet(() -> runbookOf(file, text.get())));
        if (found.isEmpty()) {
            return ExitCode.USAGE;
        }
        return replay(
                new Recorded(id, found.get().runbook().id(), Optional.empty(), text.get()),
                found.get().runbook(),
                configuration);
    }

    /** The runbook that a case names, else the one that its folder is named for. */
    private static String runbookOf(Path file, String text) {
        Optional<String> named = YamlReader.read(file.toString(), text)
                .root()
                .filter(YamlNode.Mapping.class::isInstance)
                .flatMap(root -> ((YamlNode.Mapping) root).get("runbook"))
                .map(Object::toString);
        Path folder = file.toAbsolutePath().getParent();
        String name = folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
        boolean beside = name.endsWith(".cases");
        Path yaml = file.resolveSibling("../" + name.replaceAll("\\.cases$", "") + ".yaml")
                .normalize();
        return beside && Files.isRegularFile(yaml) ? yaml.toString() : named.orElse(name);
    }

    private int ofStored(Configuration configuration) {
        try (JournalStore store = application.journal(common)) {
            Optional<String> whole = ChosenInvestigation.resolve(application, store, id);
            if (whole.isEmpty()) {
                return ExitCode.FAILED;
            }
            Optional<Pruned> pruned = store.pruned(whole.get());
            if (pruned.isPresent()) {
                application.fail(pruned.get().words());
                return ExitCode.FAILED;
            }
            StoredEvents stored = store.events(whole.get());
            if (stored.events().isEmpty() || !(stored.events().getFirst() instanceof Event.Started started)) {
                application.fail("investigation " + stored.id() + " has no beginning in the journal");
                return ExitCode.FAILED;
            }
            Optional<Library.Found> found = new Library(application, configuration)
                    .find(runbook.orElseGet(() -> application.runbookOf(started)));
            if (found.isEmpty()) {
                return ExitCode.USAGE;
            }
            Recording recording = new Recording(
                    stored.id(),
                    found.get().runbook(),
                    ConfiguredSecrets.service(configuration, started.inputs()),
                    ThisMachine.host(),
                    store.medianSeconds(started.runbook().id()),
                    Limits.DEFAULT.parallelSteps());
            // Nothing of it is written: what the journal holds is replayed as it is.
            String text = recording.yaml(stored.events(), SecretMask.none());
            int exit = replay(
                    new Recorded(stored.id(), started.runbook().id(), Optional.of(stored.events()), text),
                    found.get().runbook(),
                    configuration);
            if (!stored.intact()) {
                application.fail("the journal of " + stored.id() + " was changed after it was written: event "
                        + stored.brokenAt() + " does not fit its hash; do not trust what is shown");
                return ExitCode.FAILED;
            }
            return exit;
        }
    }

    private int replay(Recorded recorded, Runbook changed, Configuration configuration) {
        ParsedCase parsed = new CaseReader(changed).read(recorded.name(), recorded.caseText());
        if (!parsed.fitsExceptForNames()) {
            application.say(parsed.problems());
            return ExitCode.USAGE;
        }
        parsed.problems()
                .forEach(problem -> application
                        .console()
                        .err()
                        .println("whydunit: left out: " + PlainText.forTerminal(problem.message())));
        Case given = parsed.content().orElseThrow();
        Replayed now = new Replay(application.stepKinds(configuration)).run(changed, given);
        Optional<Replayed> was = recorded.events().filter(RerunCommand::judged).map(Replayed::of);
        Set<String> seen = given.observations().keySet();
        Rerun rerun = Rerun.of(was, now, seen);
        String text = format == Format.JSON
                ? RerunText.json(recorded.name(), rerun) + "\n"
                : PlainText.forTerminal(RerunText.text(rerun));
        application.console().out().print(text);
        application.console().out().flush();
        return detailedExitCode && was.isPresent() && !rerun.sameVerdict() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static boolean judged(List<Event> events) {
        return events.stream().anyMatch(Event.Judged.class::isInstance);
    }
}
