package dev.whydunit.cli;

import dev.whydunit.journal.Archive;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit watch}: investigations on the whole screen, as they go. */
@Command(
        mixinStandardHelpOptions = true,
        name = "watch",
        description = "Watch investigations on the whole screen: the list, one of them, its steps, its probabilities.",
        footer = {"", "Example: whydunit watch latest"})
final class WatchCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "The one to begin with (default: the shell's, else the list).")
    private Optional<String> investigation = Optional.empty();

    @Mixin
    private CommonOptions common = new CommonOptions();

    WatchCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        if (application.fullScreen().isEmpty() || !application.console().outIsTerminal()) {
            application.fail("watch needs a terminal; without one: whydunit investigation show");
            return ExitCode.USAGE;
        }
        Optional<String> first = application.situation().investigation();
        if (investigation.isPresent()) {
            try (Archive archive = application.archive(common)) {
                first = ChosenInvestigation.resolve(application, archive, investigation.get());
            }
            if (first.isEmpty()) {
                return ExitCode.FAILED;
            }
        }
        Application under = application.under(common.over(application.environment()));
        return application.fullScreen().get().watch(under, first);
    }
}
