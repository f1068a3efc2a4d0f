package dev.whydunit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code whydunit stop}: stops an investigation that runs in this shell. */
@Command(
        mixinStandardHelpOptions = true,
        name = "stop",
        description = "Stop an investigation: its verdict is what is known by now.",
        footer = {"", "Example: whydunit stop"})
final class StopCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "Its id, or the beginning of it (default: the shell's, else the only one).")
    private String id = "";

    StopCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        List<String> running = application.stage().running();
        String wanted = id.isEmpty()
                ? application
                        .situation()
                        .investigation()
                        .filter(running::contains)
                        .orElse("")
                : id;
        List<String> matching =
                running.stream().filter(one -> one.startsWith(wanted)).toList();
        if (matching.size() != 1) {
            application.fail(
                    matching.isEmpty()
                            ? "no such investigation runs here"
                                    + (running.isEmpty() ? "" : "; running: " + String.join(", ", running))
                            : "several run here: " + String.join(", ", matching) + "; say which");
            return ExitCode.FAILED;
        }
        application.stage().running(matching.getFirst()).ifPresent(Going::stop);
        return ExitCode.DONE;
    }
}
