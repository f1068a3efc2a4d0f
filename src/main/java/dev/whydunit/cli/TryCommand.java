package dev.whydunit.cli;

import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit try}: runs another runbook on what the investigation was about. */
@Command(
        mixinStandardHelpOptions = true,
        name = "try",
        description = "Run another runbook on the same alert and inputs.",
        footer = {"", "Example: whydunit try slow_host"})
final class TryCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "RUNBOOK", index = "0", description = "A runbook's file, or the id of one that is known.")
    private String runbook = "";

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TryCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        List<Event.Started> about = new ArrayList<>();
        int exit = ChosenInvestigation.use(application, common, of.id(), stored -> {
            stored.started().ifPresent(about::add);
            return ExitCode.DONE;
        });
        if (about.isEmpty()) {
            return exit;
        }
        return application
                .again(runbook, about.getFirst(), common)
                .map(job -> application.run(job, common, output.format()))
                .orElse(ExitCode.USAGE);
    }
}
