package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit use}: makes an investigation the one that commands are about. */
@Command(
        mixinStandardHelpOptions = true,
        name = "use",
        description = "Make an investigation the one that commands are about.",
        footer = {"", "Example: whydunit use latest"})
final class UseCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "ID", index = "0", description = "Its id, the beginning of it, or 'latest'.")
    private String investigation = "";

    @Mixin
    private CommonOptions common = new CommonOptions();

    UseCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, investigation, stored -> {
            application.stage().enter(stored.id());
            return ExitCode.DONE;
        });
    }
}
