package dev.whydunit.cli;

import dev.whydunit.report.TreeScreen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whydunit tree}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "tree",
        description = "The hypotheses of an investigation: how probable each is and how it got there.",
        footer = {"", "Example: whydunit tree"})
final class TreeCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    TreeCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), stored -> {
            Screens.print(
                    application,
                    output.json()
                            ? TreeScreen.json(stored.id(), stored.events())
                            : TreeScreen.text(stored.id(), stored.events(), Screens.style(application.console())));
            return ExitCode.DONE;
        });
    }
}
