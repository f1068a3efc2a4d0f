package dev.whydunit.shell;

import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;

/** The whole tree of picocli's commands as the one command of Spring Shell, so that there is no second tree to keep in step. */
final class TreeCommand implements Command {
    static final String NAME = "whydunit";

    private final Inside inside;

    TreeCommand(Inside inside) {
        this.inside = inside;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getDescription() {
        return "Runs your troubleshooting runbooks and tells you why.";
    }

    /** What went wrong was said by the command; Spring Shell has nothing to add. */
    @Override
    public ExitStatus execute(CommandContext context) {
        inside.execute(
                context.parsedInput().arguments().stream()
                        .map(CommandArgument::value)
                        .toList(),
                context.outputWriter());
        return ExitStatus.OK;
    }
}
