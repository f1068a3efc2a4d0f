package dev.whydunit.cli;

import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.EvidenceScreen;
import dev.whydunit.report.HypothesisName;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.report.WhyScreen;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit why}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "why",
        description = "Open a probability into the findings that made it, the arithmetic included.",
        footer = {"", "Example: whydunit why slow_query"})
final class WhyCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(
            arity = "0..1",
            paramLabel = "HYPOTHESIS",
            description = "Its id or path (default: the verdict's, else the leading one).")
    private Optional<String> hypothesis = Optional.empty();

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    WhyCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), this::show);
    }

    private int show(StoredEvents stored) {
        Summary summary = SummaryFold.of(stored.id(), stored.events());
        String name = hypothesis.or(() -> EvidenceScreen.subject(summary)).orElse("other");
        Optional<String> path = HypothesisName.path(summary, name);
        if (path.isEmpty()) {
            application.fail(HypothesisName.unknown(summary, name));
            return ExitCode.USAGE;
        }
        Screens.print(
                application,
                output.json()
                        ? WhyScreen.json(stored.id(), stored.events(), path.get())
                        : WhyScreen.text(
                                stored.id(), stored.events(), path.get(), Screens.style(application.console())));
        return ExitCode.DONE;
    }
}
