package dev.whydunit.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit approve}: allows what a step of this shell wants to do. */
@Command(
        mixinStandardHelpOptions = true,
        name = "approve",
        description = "Allow what a step wants to do, exactly as it was shown.",
        footer = {"", "Example: whydunit approve restart"})
final class ApproveCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(arity = "0..1", paramLabel = "STEP", description = "The step (default: the only one that waits).")
    private Optional<String> step = Optional.empty();

    @Mixin
    private CommonOptions common = new CommonOptions();

    ApproveCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return Decision.make(application, common, step, true);
    }
}
