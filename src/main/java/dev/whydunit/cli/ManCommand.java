package dev.whydunit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whydunit man}: pages of the manual, made from what commands say of themselves. */
@Command(
        mixinStandardHelpOptions = true,
        name = "man",
        description = "Print the manual's page of a command, for man.",
        footer = {
            "",
            "Example: whydunit man runbook lint | man -l -",
            "         whydunit man --all ~/.local/share/man/man1"
        })
final class ManCommand implements Callable<Integer> {
    private final Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The words of the command (default: the program's own page).")
    private List<String> words = List.of();

    @Option(names = "--all", paramLabel = "DIR", description = "Write every page into this folder, made if need be.")
    private Optional<Path> all = Optional.empty();

    ManCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        if (all.isPresent()) {
            return write(application.directory().resolve(all.get()));
        }
        CommandSpec command = spec.root();
        for (String word : words) {
            CommandLine next = command.subcommands().get(word);
            if (next == null) {
                application.fail("there is no command " + command.qualifiedName(" ") + " " + word + "; see: "
                        + command.qualifiedName(" ") + " --help");
                return ExitCode.USAGE;
            }
            command = next.getCommandSpec();
        }
        application.console().out().print(ManPage.of(command));
        application.console().out().flush();
        return ExitCode.DONE;
    }

    private int write(Path folder) {
        try {
            Files.createDirectories(folder);
            List<CommandSpec> commands = ManPage.all(spec.root());
            for (CommandSpec command : commands) {
                Files.writeString(folder.resolve(ManPage.name(command) + ".1"), ManPage.of(command));
            }
            application.console().err().println("whydunit: wrote " + commands.size() + " pages into " + folder);
            return ExitCode.DONE;
        } catch (IOException e) {
            application.fail(
                    "cannot write into " + folder + ": " + e.getMessage() + "; name a folder that can be written");
            return ExitCode.FAILED;
        }
    }
}
