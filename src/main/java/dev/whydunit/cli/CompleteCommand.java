package dev.whydunit.cli;

import dev.whydunit.cli.Candidates.Candidate;
import dev.whydunit.report.PlainText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code whydunit complete}: the names that completion scripts offer, one in a line, with a tab before what it is. */
@Command(
        mixinStandardHelpOptions = true,
        name = "complete",
        hidden = true,
        description = "For completion scripts: the names that can stand at a place.",
        footer = {"", "Example: whydunit complete RUNBOOK -- slow"})
final class CompleteCommand implements Callable<Integer> {
    private static final int LONGEST_ABOUT = 70;

    private final Application application;

    @Parameters(index = "0", paramLabel = "LABEL", description = "Of the parameter, as help names it.")
    private String label = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORD",
            description = "What is typed of it, then the words before it, all behind --.")
    private List<String> words = List.of();

    CompleteCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        String prefix = words.isEmpty() ? "" : words.getFirst();
        List<String> before = words.isEmpty() ? List.of() : words.subList(1, words.size());
        for (Candidate one : new Candidates(application, options(before)).of(label, prefix, before)) {
            // What cannot be typed is not offered: a name may have been made by somebody else.
            if (one.value().chars().noneMatch(Character::isISOControl)) {
                application.console().out().println(one.value() + "\t" + about(one.description()));
            }
        }
        application.console().out().flush();
        return ExitCode.DONE;
    }

    private static String about(String description) {
        String line = PlainText.forTerminal(description).replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_ABOUT ? line.substring(0, LONGEST_ABOUT - 1) + "…" : line;
    }

    /** The journal and the configuration that the words before say. */
    private static CommonOptions options(List<String> before) {
        CommonOptions options = new CommonOptions();
        CommandLine reader = new CommandLine(CommandLine.Model.CommandSpec.create()
                .addMixin("common", CommandLine.Model.CommandSpec.forAnnotatedObject(options)));
        reader.setUnmatchedArgumentsAllowed(true).setUnmatchedOptionsArePositionalParams(true);
        try {
            reader.parseArgs(before.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            // A line that is still being typed: what can be read of it counts.
            return new CommonOptions();
        }
        return options;
    }
}
