package dev.whydunit.cli;

import java.util.concurrent.Callable;
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

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RootCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        if (application.fullScreen().isPresent()) {
            return application.fullScreen().get().shell(application.under(common.over(application.environment())));
        }
        spec.commandLine().usage(application.console().out());
        return ExitCode.DONE;
    }
}
