package dev.whydunit.cli;

import dev.whydunit.engine.JournalFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The one tree of commands. */
public final class Commands {
    private static final String DEBUG = "--debug";

    private Commands() {}

    /** The tree, for execution, completion and documentation. */
    static CommandLine tree(Application application) {
        Console console = application.console();
        CommandLine tree = new CommandLine(new RootCommand(console))
                .addSubcommand(new DemoCommand(application))
                .addSubcommand(new RunCommand(application))
                .addSubcommand(new CommandLine(new RunbookCommand(application))
                        .addSubcommand(new NewCommand(application))
                        .addSubcommand(new GraphCommand(application))
                        .addSubcommand(new TestCommand(application)))
                .addSubcommand(new CommandLine(new InvestigationCommand(application))
                        .addSubcommand(new RerunCommand(application)))
                .addSubcommand(new CaptureCommand(application))
                .addSubcommand(new LspCommand(application))
                .addSubcommand(new ServeCommand(application))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new VersionCommand(console))
                .addSubcommand(new SelfTrainCommand(application));
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        tree.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        tree.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(console.color() ? Ansi.ON : Ansi.OFF));
        tree.setUsageHelpWidth(Math.max(80, console.width()));
        tree.setUsageHelpAutoWidth(false);
        return tree;
    }

    /**
     * Runs one command.
     *
     * @return its exit code
     */
    public static int execute(Application application, String[] arguments) {
        boolean debug = Arrays.asList(arguments).contains(DEBUG);
        String[] rest =
                Arrays.stream(arguments).filter(one -> !one.equals(DEBUG)).toArray(String[]::new);
        CommandLine tree = tree(application);
        tree.setExecutionExceptionHandler((e, command, parsed) -> {
            if (debug) {
                e.printStackTrace(application.console().err());
            }
            application.fail(said(e) + (debug || e instanceof JournalFailure ? "" : " (--debug shows where)"));
            return ExitCode.FAILED;
        });
        return tree.execute(rest);
    }

    private static String said(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Ends the process; when a signal is already ending it, lets that go on. */
    public static void exit(int code) {
        if (Interrupts.over()) {
            // The thread that ends the process waits for nothing more; exiting here as well would block for ever.
            return;
        }
        System.exit(code);
    }
}
