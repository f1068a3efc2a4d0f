package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit confirm}: says what it was. */
@Command(
        mixinStandardHelpOptions = true,
        name = "confirm",
        description = "Say what it was, once it is known. It is kept with the investigation and moves nothing.",
        footer = {"", "Example: whydunit confirm slow_query --because 'the index fixed it'"})
final class ConfirmCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(
            paramLabel = "H",
            index = "0",
            description = "The hypothesis: its path or id; other for a cause that the runbook does not know.")
    private String hypothesis = "";

    @Option(names = "--because", paramLabel = "TEXT", defaultValue = "", description = "How it is known.")
    private String because = "";

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    ConfirmCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return new Acts(application, common).confirm(of.id(), hypothesis, because);
    }
}
