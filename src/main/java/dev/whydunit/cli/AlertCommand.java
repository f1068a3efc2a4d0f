package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code whydunit alert …}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "alert",
        description = "Feed alerts by hand.",
        footer = {"", "Example: whydunit alert send alert.json"})
final class AlertCommand implements Callable<Integer> {
    private final Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AlertCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(application.console().out());
        return ExitCode.USAGE;
    }
}
