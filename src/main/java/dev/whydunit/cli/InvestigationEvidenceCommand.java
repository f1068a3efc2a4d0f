package dev.whydunit.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit investigation evidence}: as {@code whydunit evidence}, the investigation named first as its siblings have it. */
@Command(
        mixinStandardHelpOptions = true,
        name = "evidence",
        description = "What speaks for and against a hypothesis, with the raw query of each, and what is not known.",
        footer = {"", "Example: whydunit investigation evidence latest"})
final class InvestigationEvidenceCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "ID", defaultValue = ChosenInvestigation.CURRENT, description = ChosenInvestigation.ID)
    private String id = ChosenInvestigation.CURRENT;

    @Option(
            names = "--hypothesis",
            paramLabel = "HYPOTHESIS",
            description = "Its id or path (default: the verdict's, else the leading one).")
    private Optional<String> hypothesis = Optional.empty();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    InvestigationEvidenceCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(
                application,
                common,
                id,
                stored -> EvidenceCommand.show(application, stored, hypothesis, output.json()));
    }
}
