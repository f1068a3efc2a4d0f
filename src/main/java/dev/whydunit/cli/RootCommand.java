package dev.whydunit.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code whydunit} alone: the shell. */
@Command(
        mixinStandardHelpOptions = true,
        name = "whydunit",
        description = "Runs your troubleshooting runbooks and tells you why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Without a command it opens the interactive shell.",
            "",
            "Start with: whydunit demo                      a real outage, found in under a minute",
            "            whydunit run slow_host             what is wrong with this machine",
            "            whydunit investigation list        what was found before"
        })
final class RootCommand implements Callable<Integer> {
    private final Application application;
    private final Optional<Function<Application, Integer>> shell;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param shell opens the interactive shell; empty where there is none */
    RootCommand(Application application, Optional<Function<Application, Integer>> shell) {
        this.application = application;
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (shell.isPresent()) {
            return shell.get().apply(application.under(common.over(application.environment())));
        }
        spec.commandLine().usage(application.console().out());
        return ExitCode.DONE;
    }
}
