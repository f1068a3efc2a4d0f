package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whydunit completion}: a script that makes the shell complete commands and options. */
@Command(
        mixinStandardHelpOptions = true,
        name = "completion",
        description = "Print a completion script: bash or zsh.",
        footer = {"", "Example: source <(whydunit completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    /** Shells that a script is made for. */
    enum Shell {
        BASH,
        ZSH
    }

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", defaultValue = "bash", paramLabel = "bash|zsh", description = "The shell (default: bash).")
    private Shell shell = Shell.BASH;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        // picocli's script serves both: it turns on zsh's bash completion by itself.
        if (shell == Shell.ZSH) {
            console.out().println("autoload -U +X compinit && compinit");
        }
        console.out().println(AutoComplete.bash("whydunit", root));
        return ExitCode.DONE;
    }
}
