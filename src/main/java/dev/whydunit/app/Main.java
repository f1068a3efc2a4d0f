package dev.whydunit.app;

import dev.whydunit.cli.Application;
import dev.whydunit.cli.Commands;
import dev.whydunit.cli.Console;
import java.nio.file.Path;
import java.util.Map;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        HeadStart.begin(arguments);
        Map<String, String> environment = System.getenv();
        Console console = Console.ofProcess(environment);
        Application application = new Application(
                console, environment, Path.of("").toAbsolutePath(), Registry::stepKinds, Registry.sourceKinds());
        int exit = Commands.execute(application, arguments);
        console.out().flush();
        console.err().flush();
        Commands.exit(exit);
    }
}
