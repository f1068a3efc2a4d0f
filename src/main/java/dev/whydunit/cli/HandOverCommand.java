package dev.whydunit.cli;

import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.HandOver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whydunit hand-over}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "hand-over",
        description = "What the next shift must know, on one screen, or as Markdown for a ticket.",
        footer = {"", "Example: whydunit hand-over -o md > hand-over.md"})
final class HandOverCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        MD,
        JSON
    }

    private final Application application;

    @Mixin
    private OfOption of = new OfOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, md or json (default: text).")
    private Format format = Format.TEXT;

    @Mixin
    private CommonOptions common = new CommonOptions();

    HandOverCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), stored -> {
            Screens.print(application, text(stored));
            return ExitCode.DONE;
        });
    }

    private String text(StoredEvents stored) {
        return switch (format) {
            case TEXT -> HandOver.text(stored.id(), stored.events(), Screens.style(application.console()));
            case MD -> HandOver.markdown(stored.id(), stored.events());
            case JSON -> HandOver.json(stored.id(), stored.events());
        };
    }
}
