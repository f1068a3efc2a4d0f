package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.report.SummaryFold;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whydunit export}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "export",
        description = "An investigation as md, html or json, for a ticket or a mail.",
        footer = {"", "Example: whydunit export -o html > why.html"})
final class ExportCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private OfOption of = new OfOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "md",
            description = "md, html, json or text (default: md).")
    private Format format = Format.MD;

    @Mixin
    private CommonOptions common = new CommonOptions();

    ExportCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.verified(application, common, of.id(), stored -> {
            application.print(SummaryFold.of(stored.id(), stored.events()), format);
            return ExitCode.DONE;
        });
    }
}
