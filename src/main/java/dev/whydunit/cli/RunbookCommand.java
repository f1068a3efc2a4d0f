package dev.whydunit.cli;

import dev.whydunit.authoring.RunbookSchema;
import dev.whydunit.config.Configuration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            name = "schema",
            description = "The JSON Schema of runbooks, for editors.")
    int schema() {
        application.console().out().println(RunbookSchema.json(application.signatures()));
        application.console().out().flush();
        return ExitCode.DONE;
    }
}
