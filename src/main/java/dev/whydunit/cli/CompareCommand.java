package dev.whydunit.cli;

import dev.whydunit.report.CompareScreen;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit compare}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "compare",
        description = "Two investigations beside each other: verdicts, belief, findings and step times that differ.",
        footer = {"", "Example: whydunit compare 20260102 latest"})
final class CompareCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(index = "0", paramLabel = "ID", description = "The first: its id, the beginning of it, or 'latest'.")
    private String one = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            defaultValue = ChosenInvestigation.CURRENT,
            description = "The second (default: the shell's, else the latest).")
    private String another = ChosenInvestigation.CURRENT;

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    CompareCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, one, first -> {
            Summary a = SummaryFold.of(first.id(), first.events());
            return ChosenInvestigation.use(application, common, another, second -> {
                Summary b = SummaryFold.of(second.id(), second.events());
                Screens.print(
                        application,
                        output.json()
                                ? CompareScreen.json(a, b)
                                : CompareScreen.text(a, b, Screens.style(application.console())));
                return ExitCode.DONE;
            });
        });
    }
}
