package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code whydunit version}. */
@Command(mixinStandardHelpOptions = true, name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    /** The version that the build wrote into the jar's manifest; {@code development} outside of a jar. */
    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Integer call() {
        console.out()
                .println("whydunit " + version() + " (Java " + Runtime.version().feature() + ")");
        return ExitCode.DONE;
    }
}
