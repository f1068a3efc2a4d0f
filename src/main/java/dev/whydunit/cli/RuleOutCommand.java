package dev.whydunit.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit rule-out}: takes a person's word that it is not that. */
@Command(
        mixinStandardHelpOptions = true,
        name = "rule-out",
        description =
                "Say that a hypothesis is not it: evidence as strong as a conclusive finding. What is then worth it is looked at.",
        footer = {"", "Example: whydunit rule-out overload --because 'the graphs show idle CPUs'"})
final class RuleOutCommand implements Callable<Integer> {
    private final Application application;

    @Parameters(paramLabel = "H", index = "0", description = "The hypothesis: its path or id.")
    private String hypothesis = "";

    @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why; it is kept with it.")
    private String because = "";

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    RuleOutCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return new Acts(application, common).ruleOut(of.id(), hypothesis, because, output.format());
    }
}
