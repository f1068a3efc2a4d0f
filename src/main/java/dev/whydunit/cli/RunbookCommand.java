package dev.whydunit.cli;

import dev.whydunit.authoring.Lint;
import dev.whydunit.authoring.LintFormat;
import dev.whydunit.authoring.RunbookSchema;
import dev.whydunit.config.Configuration;
import dev.whydunit.runbook.RunbookParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whydunit runbook …}: write and check runbooks. */
@Command(mixinStandardHelpOptions = true, name = "runbook", description = "List, show and check runbooks.")
final class RunbookCommand implements Callable<Integer> {
    private final Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunbookCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(application.console().out());
        return ExitCode.USAGE;
    }

    @Command(mixinStandardHelpOptions = true, name = "list", description = "The runbooks that can be run by name.")
    int list(@Mixin CommonOptions options) {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        new Library(application, configuration.get())
                .ids()
                .forEach((id, place) ->
                        application.console().out().println(String.format(Locale.ROOT, "%-24s  %s", id, place)));
        application.console().out().flush();
        return ExitCode.DONE;
    }

    @Command(mixinStandardHelpOptions = true, name = "show", description = "What a runbook suspects, and how it looks.")
    int show(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "RUNBOOK", description = "A file or an id.") String name) {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<Library.Found> found = new Library(application, configuration.get()).find(name);
        found.ifPresent(one -> {
            application.console().out().print(RunbookText.of(one.runbook(), application.console()));
            application.console().out().flush();
        });
        return found.isPresent() ? ExitCode.DONE : ExitCode.USAGE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "lint",
            description = "Check runbooks: every mistake of every file at once.",
            footer = {"", "Exit codes: 0 no mistakes, 2 mistakes."})
    int lint(
            @Mixin CommonOptions options,
            @Parameters(
                            paramLabel = "FILE|DIR",
                            arity = "0..*",
                            description = "What to check (default: the known runbooks).")
                    List<Path> paths,
            @Option(
                            names = "--format",
                            defaultValue = "text",
                            description = "text, lines, json, github or sarif (default: text).")
                    LintFormat format) {
        Optional<Configuration> configuration = application.configuration(options);
        if (configuration.isEmpty()) {
            return ExitCode.USAGE;
        }
        List<Path> roots = paths == null || paths.isEmpty()
                ? configuration.get().runbooks()
                : paths.stream().map(application.directory()::resolve).toList();
        for (Path root : roots) {
            if (!Files.exists(root)) {
                application.fail("there is no file or folder " + root);
                return ExitCode.USAGE;
            }
        }
        List<Lint.CheckedFile> checked =
                new Lint(new RunbookParser(application.signatures()), application.directory()).check(roots);
        application.console().out().print(format.print(checked));
        application.console().out().flush();
        boolean clean = checked.stream().allMatch(file -> file.problems().isEmpty());
        return clean ? ExitCode.DONE : ExitCode.USAGE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "schema",
            description = "The JSON Schema of runbooks, for editors.")
    int schema() {
        application.console().out().println(RunbookSchema.json(application.signatures()));
        application.console().out().flush();
        return ExitCode.DONE;
    }
}
