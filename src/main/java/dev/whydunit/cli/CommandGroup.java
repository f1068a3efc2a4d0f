package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold others: without one of them it prints its help. */
abstract class CommandGroup implements Callable<Integer> {
    private final Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CommandGroup(Application application) {
        this.application = application;
    }

    Application application() {
        return application;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(application.console().out());
        return ExitCode.USAGE;
    }
}
