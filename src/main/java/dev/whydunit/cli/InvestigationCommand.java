package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whydunit investigation …}: what was found before. */
@Command(
        mixinStandardHelpOptions = true,
        name = "investigation",
        aliases = "inv",
        description = "List, show and export what was found.",
        footer = {"", "Example: whydunit investigation list"})
final class InvestigationCommand extends CommandGroup {
    @Mixin
    private CommonOptions common = new CommonOptions();

    InvestigationCommand(Application application) {
        super(application);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "The newest investigations first.",
            footer = {"", "Example: whydunit investigation list -n 5"})
    int list(
            @Mixin CommonOptions options,
            @Option(
                            names = {"-n", "--limit"},
                            defaultValue = "20",
                            paramLabel = "N",
                            description = "How many (default: 20).")
                    int limit,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            paramLabel = "FORMAT",
                            description = "text or json (default: text).")
                    Format format) {
        try (Archive store = application().archive(options)) {
            List<StoredInvestigation> found = store.list(Math.clamp(limit, 1, 10_000));
            if (format == Format.JSON) {
                application().console().out().println(InvestigationList.json(found));
            } else if (found.isEmpty()) {
                application()
                        .console()
                        .out()
                        .println("No investigation yet. Start one: whydunit demo, or whydunit run slow_host");
            } else {
                application()
                        .console()
                        .out()
                        .print(InvestigationList.text(found, application().console()));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description = "The summary of one investigation.",
            footer = {"", "Example: whydunit investigation show latest -o json"})
    int show(
            @Mixin CommonOptions options,
            @Parameters(
                            paramLabel = "ID",
                            defaultValue = ChosenInvestigation.CURRENT,
                            description = ChosenInvestigation.ID)
                    String id,
            @Mixin OutputOption output) {
        return ChosenInvestigation.verified(application(), options, id, stored -> {
            application().print(summary(stored), output.format());
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "timeline",
            description = "Everything that happened, in order.",
            footer = {"", "Example: whydunit investigation timeline latest"})
    int timeline(
            @Mixin CommonOptions options,
            @Parameters(
                            paramLabel = "ID",
                            defaultValue = ChosenInvestigation.CURRENT,
                            description = ChosenInvestigation.ID)
                    String id,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            paramLabel = "FORMAT",
                            description = "text or json (default: text).")
                    Format format) {
        return ChosenInvestigation.use(
                application(),
                options,
                id,
                stored -> TimelineCommand.show(application(), stored, format == Format.JSON));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "export",
            description = "One investigation as md, html or json, for a ticket or a mail.",
            footer = {"", "Example: whydunit investigation export latest -o html > why.html"})
    int export(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "ID", description = ChosenInvestigation.ID) String id,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "md",
                            paramLabel = "FORMAT",
                            description = "md, html or json (default: md).")
                    Format format) {
        return ChosenInvestigation.verified(application(), options, id, stored -> {
            application().print(summary(stored), format);
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "confirm",
            description = "Say what it was, once it is known.",
            footer = {"", "Example: whydunit investigation confirm latest --cause slow_query"})
    int confirm(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "ID", description = ChosenInvestigation.ID) String id,
            @Option(
                            names = "--cause",
                            required = true,
                            paramLabel = "H",
                            description = "The hypothesis: its path or id.")
                    String cause,
            @Option(names = "--because", paramLabel = "TEXT", defaultValue = "", description = "How it is known.")
                    String because) {
        return new Acts(application(), options).confirm(id, cause, because);
    }

    private static Summary summary(StoredEvents stored) {
        return SummaryFold.of(stored.id(), stored.events());
    }
}
