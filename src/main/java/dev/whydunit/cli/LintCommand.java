package dev.whydunit.cli;

import dev.whydunit.authoring.Lint;
import dev.whydunit.authoring.LintFormat;
import dev.whydunit.authoring.rules.Profile;
import dev.whydunit.authoring.rules.Surroundings;
import dev.whydunit.config.Configuration;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.running.RunbookFiles;
import dev.whydunit.simulation.Simulated;
import dev.whydunit.simulation.Simulation;
import dev.whydunit.yaml.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit runbook lint}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "lint",
        description = "Check runbooks: every mistake of every file at once.",
        footer = {
            "",
            "A comment '# whydunit: ignore CODE reason' on a line, or on the one above, silences a warning.",
            "Exit codes: 0 no mistakes (warnings are none, but with --profile production), 2 mistakes.",
            "",
            "Example: whydunit runbook lint runbooks --profile production -o sarif"
        })
final class LintCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Parameters(paramLabel = "FILE|DIR", arity = "0..*", description = "What to check (default: the known runbooks).")
    private List<Path> paths = List.of();

    @Option(
            names = {"-o", "--output", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, lines, json, github or sarif (default: text).")
    private LintFormat format = LintFormat.TEXT;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "standard",
            description = "minimal (errors only), standard, or production (default: standard).")
    private Profile profile = Profile.STANDARD;

    @Option(names = "--fix", description = "Mend what can be mended safely, and show what was changed.")
    private boolean fix;

    @Option(
            names = "--simulate",
            description =
                    "Also draw causes and findings from each runbook's own model: how long and how surely each is found.")
    private boolean simulate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the draws (default: 1).")
    private long seed = 1;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "100",
            description = "Simulated investigations for each cause, 1 to 100000 (default: 100).")
    private int draws = 100;

    LintCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<List<Path>> given = application.roots(paths, configuration.get());
        if (given.isEmpty()) {
            return ExitCode.USAGE;
        }
        List<Path> roots = given.get();
        Lint lint = new Lint(
                new RunbookParser(application.signatures()),
                application.directory(),
                profile,
                Surroundings.of(configuration.get()));
        if (draws < 1 || draws > 100_000) {
            application.fail("--draws is from 1 to 100000, not " + draws);
            return ExitCode.USAGE;
        }
        if (fix && !mended(lint, roots)) {
            return ExitCode.FAILED;
        }
        List<Lint.CheckedFile> checked = checked(lint, roots);
        application.console().out().print(format.print(checked, simulate ? simulations(lint, checked) : List.of()));
        application.console().out().flush();
        return clean(checked) ? ExitCode.DONE : ExitCode.USAGE;
    }

    private List<Lint.CheckedFile> checked(Lint lint, List<Path> roots) {
        int files = RunbookFiles.below(roots).size();
        try (Progress progress =
                Progress.begin(application, options, "runbook lint", "checks " + files + " files", files)) {
            List<Lint.CheckedFile> checked = lint.check(roots);
            progress.finished();
            return checked;
        }
    }

    private List<Simulated> simulations(Lint lint, List<Lint.CheckedFile> checked) {
        List<Runbook> runbooks = checked.stream()
                .filter(Lint.CheckedFile::usable)
                .flatMap(file -> lint.runbook(file.file()).stream())
                .toList();
        try (Progress progress = Progress.begin(
                application,
                options,
                "runbook lint --simulate",
                "simulates " + runbooks.size() + " runbooks",
                (double) runbooks.size() * draws)) {
            List<Simulated> simulated = new ArrayList<>();
            for (Runbook runbook : runbooks) {
                simulated.add(new Simulation(runbook).run(seed, draws));
                progress.done(draws);
            }
            progress.finished();
            return List.copyOf(simulated);
        }
    }

    /** What was changed goes to standard error: standard output is the result, in the format that was asked for. */
    private boolean mended(Lint lint, List<Path> roots) {
        try {
            lint.mend(roots).forEach(line -> application.console().err().println(Visible.text(line)));
            application.console().err().flush();
            return true;
        } catch (IOException e) {
            application.fail("cannot write: " + e.getMessage());
            return false;
        }
    }

    private boolean clean(List<Lint.CheckedFile> checked) {
        return checked.stream()
                .flatMap(file -> file.problems().stream())
                .noneMatch(problem -> problem.severity() == Severity.ERROR || profile == Profile.PRODUCTION);
    }
}
