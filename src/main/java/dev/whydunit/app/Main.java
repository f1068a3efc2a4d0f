package dev.whydunit.app;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import dev.whydunit.shell.Terminals;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Whether a server is started, for its own sake or to train its AOT cache. */
    private static boolean serves(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("serve")
                || Arrays.asList(arguments).equals(List.of("self-train", "--server"));
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        if (!serves(arguments)) {
            // A command's standard error is for the person before it; libraries have no say there, and logging takes
            // time to load.
            System.setProperty("slf4j.internal.verbosity", "ERROR");
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        }
        HeadStart.begin(arguments);
        Map<String, String> environment = System.getenv();
        Console console = Console.ofProcess(environment);
        Application application = new Application(
                console, environment, Path.of("").toAbsolutePath(), Registry::stepKinds, Registry.sourceKinds());
        int exit = Commands.execute(application.with(new Terminals(console)), arguments);
        console.out().flush();
        console.err().flush();
        Commands.exit(exit);
    }
}
