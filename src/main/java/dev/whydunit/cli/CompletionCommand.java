package dev.whydunit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whydunit completion}: a script that makes the shell complete commands, options, their values and names. */
@Command(
        mixinStandardHelpOptions = true,
        name = "completion",
        description = "Print a completion script for bash, zsh or fish.",
        footer = {
            "",
            "Example: source <(whydunit completion bash)",
            "         whydunit completion zsh > ~/.zfunc/_whydunit",
            "         whydunit completion fish > ~/.config/fish/completions/whydunit.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that a script is made for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            defaultValue = "bash",
            paramLabel = "SHELL",
            description = "bash, zsh or fish (default: bash).")
    private Shell shell = Shell.BASH;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<CompletedCommand> commands = CompletedCommand.of(spec.root().commandLine());
        console.out()
                .print(
                        switch (shell) {
                            case BASH -> BashCompletion.script(commands);
                            case ZSH -> ZshCompletion.script(commands);
                            case FISH -> FishCompletion.script(commands);
                        });
        console.out().flush();
        return ExitCode.DONE;
    }
}
