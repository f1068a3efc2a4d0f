package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code whydunit} alone: help. */
@Command(
        mixinStandardHelpOptions = true,
        name = "whydunit",
        description = "Runs your troubleshooting runbooks and tells you why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with: whydunit demo                      a real outage, found in under a minute",
            "            whydunit run slow_host             what is wrong with this machine",
            "            whydunit investigation list        what was found before"
        })
final class RootCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RootCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.out());
        return ExitCode.DONE;
    }
}
