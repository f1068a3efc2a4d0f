package dev.whydunit.cli;

import dev.whydunit.engine.JournalFailure;
import dev.whydunit.report.PlainText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The one tree of commands. */
public final class Commands {
    private static final String DEBUG = "--debug";
    private static final String COMPLETION = "completion";
    private static final String MAN = "man";
    /** These tell of every other command, so that they need them all. */
    private static final Set<String> OF_ALL = Set.of(COMPLETION, MAN);

    private Commands() {}

    /** The commands that stand at the root, by name; each is made when it is asked for. */
    private static Map<String, Supplier<CommandLine>> branches(Application application) {
        Console console = application.console();
        Map<String, Supplier<CommandLine>> branches = new LinkedHashMap<>();
        branches.put("demo", () -> new CommandLine(new DemoCommand(application)));
        branches.put("run", () -> new CommandLine(new RunCommand(application)));
        branches.put(
                "runbook",
                () -> new CommandLine(new RunbookCommand(application))
                        .addSubcommand(new LintCommand(application))
                        .addSubcommand(new ExplainCommand(application))
                        .addSubcommand(new NewCommand(application))
                        .addSubcommand(new GraphCommand(application))
                        .addSubcommand(new TestCommand(application)));
        branches.put(
                "investigation",
                () -> new CommandLine(new InvestigationCommand(application))
                        .addSubcommand(new InvestigationEvidenceCommand(application))
                        .addSubcommand(new RerunCommand(application))
                        .addSubcommand(new FollowCommand(application))
                        .addSubcommand(new ResumeCommand(application)));
        branches.put("incident", () -> new CommandLine(new IncidentCommand(application)));
        branches.put("notification", () -> new CommandLine(new NotificationCommand(application)));
        branches.put(
                "alert",
                () -> new CommandLine(new AlertCommand(application)).addSubcommand(new AlertSendCommand(application)));
        branches.put("try", () -> new CommandLine(new TryCommand(application)));
        branches.put("redo", () -> new CommandLine(new RedoCommand(application)));
        branches.put("note", () -> new CommandLine(new NoteCommand(application)));
        branches.put("rule-out", () -> new CommandLine(new RuleOutCommand(application)));
        branches.put("confirm", () -> new CommandLine(new ConfirmCommand(application)));
        branches.put("answer", () -> new CommandLine(new AnswerCommand(application)));
        branches.put("approve", () -> new CommandLine(new ApproveCommand(application)));
        branches.put("deny", () -> new CommandLine(new DenyCommand(application)));
        branches.put("use", () -> new CommandLine(new UseCommand(application)));
        branches.put("stop", () -> new CommandLine(new StopCommand(application)));
        Screens.add(branches, application);
        branches.put("open", () -> new CommandLine(new OpenCommand(application)));
        branches.put("watch", () -> new CommandLine(new WatchCommand(application)));
        branches.put("capture", () -> new CommandLine(new CaptureCommand(application)));
        branches.put("state", () -> new CommandLine(new StateCommand(application, InstantSource.system())));
        branches.put("doctor", () -> new CommandLine(new DoctorCommand(application)));
        branches.put(
                "config",
                () -> new CommandLine(new ConfigCommand(application))
                        .addSubcommand(new ConfigCommand.View(application)));
        branches.put("serve", () -> new CommandLine(new ServeCommand(application)));
        branches.put("lsp", () -> new CommandLine(new LspCommand(application)));
        branches.put(COMPLETION, () -> new CommandLine(new CompletionCommand(console)));
        branches.put("complete", () -> new CommandLine(new CompleteCommand(application)));
        branches.put(MAN, () -> new CommandLine(new ManCommand(application)));
        branches.put("version", () -> new CommandLine(new VersionCommand(console)));
        branches.put("self-train", () -> new CommandLine(new SelfTrainCommand(application)));
        return branches;
    }

    /** The tree, for completion, documentation and whatever does not begin with a command's name. */
    static CommandLine tree(Application application) {
        return tree(application, Optional.empty());
    }

    /**
     * The tree with as much as the arguments need: to read the annotations of a command that is not run takes longer than many a
     * command does.
     */
    private static CommandLine tree(Application application, Optional<String> first) {
        Console console = application.console();
        CommandLine tree = new CommandLine(new RootCommand(application));
        Map<String, Supplier<CommandLine>> branches = branches(application);
        boolean one = first.isPresent() && branches.containsKey(first.get()) && !OF_ALL.contains(first.get());
        branches.forEach((name, branch) -> {
            if (!one || name.equals(first.get())) {
                tree.addSubcommand(name, branch.get());
            }
        });
        tree.setCaseInsensitiveEnumValuesAllowed(true);
        // It would print values of inputs whose quotes are not pairs.
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
        tree.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        tree.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        tree.setColorScheme(CommandLine.Help.defaultColorScheme(console.color() ? Ansi.ON : Ansi.OFF));
        tree.setUsageHelpWidth(Math.max(80, console.width()));
        tree.setUsageHelpAutoWidth(false);
        version(tree);
        return tree;
    }

    /** What {@code --version} prints, wherever it is given. */
    private static void version(CommandLine command) {
        command.getCommandSpec().version(VersionCommand.line());
        command.getSubcommands().values().forEach(Commands::version);
    }

    /**
     * Runs one command, or opens the shell when there is none.
     *
     * @return its exit code
     */
    public static int execute(Application application, String[] arguments) {
        boolean debug = Arrays.asList(arguments).contains(DEBUG);
        String[] rest =
                Arrays.stream(arguments).filter(one -> !one.equals(DEBUG)).toArray(String[]::new);
        CommandLine tree = tree(application, Arrays.stream(rest).findFirst());
        tree.setExecutionExceptionHandler((e, command, parsed) -> {
            if (debug) {
                e.printStackTrace(application.console().err());
            }
            application.fail(said(e) + (debug || e instanceof JournalFailure ? "" : " (--debug shows where)"));
            return ExitCode.FAILED;
        });
        tree.setParameterExceptionHandler((e, given) -> {
            application.fail(WrongCall.said(e));
            application.console().err().println("  " + PlainText.forTerminal(WrongCall.help(e)));
            return ExitCode.USAGE;
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
