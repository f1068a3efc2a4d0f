package dev.whydunit.cli;

import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.EvidenceScreen;
import dev.whydunit.report.HypothesisName;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whydunit evidence}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "evidence",
        description = "What speaks for and against a hypothesis, with the raw query of each, and what is not known.",
        footer = {"", "Example: whydunit evidence slow_query"})
final class EvidenceCommand implements Callable<Integer> {
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

    EvidenceCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), this::show);
    }

    private int show(StoredEvents stored) {
        return show(application, stored, hypothesis, output.json());
    }

    static int show(Application application, StoredEvents stored, Optional<String> hypothesis, boolean json) {
        Summary summary = SummaryFold.of(stored.id(), stored.events());
        Optional<String> path = hypothesis.isPresent()
                ? HypothesisName.path(summary, hypothesis.get())
                : EvidenceScreen.subject(summary);
        if (path.isEmpty()) {
            application.fail(
                    hypothesis.isPresent()
                            ? HypothesisName.unknown(summary, hypothesis.get())
                            : "the runbook " + summary.runbook() + " names no hypotheses; see: whydunit timeline");
            return ExitCode.USAGE;
        }
        Screens.print(
                application,
                json
                        ? EvidenceScreen.json(stored.id(), stored.events(), path.get())
                        : EvidenceScreen.text(
                                stored.id(), stored.events(), path.get(), Screens.style(application.console())));
        return ExitCode.DONE;
    }
}
