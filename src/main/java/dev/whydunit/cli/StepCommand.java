package dev.whydunit.cli;

import dev.whydunit.engine.Artifact;
import dev.whydunit.journal.FileArtifacts;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.StepScreen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit step}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "step",
        description = "One step: why it ran, its raw query and result, what was read from it, its files.",
        footer = {"", "Example: whydunit step slow_statements"})
final class StepCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "STEP", description = "Its id in the runbook.")
    private String step = "";

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    StepCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), this::show);
    }

    private int show(StoredEvents stored) {
        if (!StepScreen.isKnown(stored.events(), step)) {
            application.fail(StepScreen.unknown(stored.events(), step));
            return ExitCode.USAGE;
        }
        Screens.print(
                application,
                output.json()
                        ? StepScreen.json(stored.id(), stored.events(), step, this::where)
                        : StepScreen.text(
                                stored.id(), stored.events(), step, this::where, Screens.style(application.console())));
        return ExitCode.DONE;
    }

    private Optional<String> where(Artifact artifact) {
        try {
            Path file = new FileArtifacts(application.stateDirectory(common).resolve("artifacts"), 0)
                    .path(artifact.sha256());
            return Optional.of(file).filter(Files::isRegularFile).map(Path::toString);
        } catch (IllegalArgumentException e) {
            // A journal that somebody wrote by hand: no such file can be there.
            return Optional.empty();
        }
    }
}
