package dev.whydunit.cli;

import dev.whydunit.cli.OutputOption.Format;
import dev.whydunit.journal.EventJson;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.PlainText;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.report.Timeline;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whydunit investigation …}: what was found before. */
@Command(
        mixinStandardHelpOptions = true,
        name = "investigation",
        aliases = "inv",
        description = "List, show and export what was found.")
final class InvestigationCommand implements Callable<Integer> {
    private final Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CommonOptions common = new CommonOptions();

    InvestigationCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(application.console().out());
        return ExitCode.USAGE;
    }

    @Command(mixinStandardHelpOptions = true, name = "list", description = "The newest investigations first.")
    int list(
            @Mixin CommonOptions options,
            @Option(
                            names = {"-n", "--limit"},
                            defaultValue = "20",
                            description = "How many (default: 20).")
                    int limit,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = "text or json.")
                    Format format) {
        try (Archive store = application.archive(options)) {
            List<StoredInvestigation> found = store.list(Math.clamp(limit, 1, 10_000));
            if (format == Format.JSON) {
                application.console().out().println(InvestigationList.json(found));
            } else if (found.isEmpty()) {
                application
                        .console()
                        .out()
                        .println("No investigation yet. Start one: whydunit demo, or whydunit run slow_host");
            } else {
                application.console().out().print(InvestigationList.text(found, application.console()));
            }
            return ExitCode.DONE;
        }
    }

    @Command(mixinStandardHelpOptions = true, name = "show", description = "The summary of one investigation.")
    int show(
            @Mixin CommonOptions options,
            @Parameters(
                            paramLabel = "ID",
                            defaultValue = ChosenInvestigation.CURRENT,
                            description = ChosenInvestigation.ID)
                    String id,
            @Mixin OutputOption output) {
        return ChosenInvestigation.use(application, options, id, stored -> {
            application.print(summary(stored), output.format());
            return ExitCode.DONE;
        });
    }

    @Command(mixinStandardHelpOptions = true, name = "timeline", description = "Everything that happened, in order.")
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
                            description = "text or json.")
                    Format format) {
        return ChosenInvestigation.use(application, options, id, stored -> {
            if (format == Format.JSON) {
                application.console().out().println(events(stored));
            } else {
                application.console().out().print(PlainText.forTerminal(Timeline.text(stored.events())));
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "export",
            description = "One investigation as md, html or json, for a ticket or a mail.")
    int export(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "ID", description = ChosenInvestigation.ID) String id,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "md",
                            description = "md, html or json (default: md).")
                    Format format) {
        return ChosenInvestigation.use(application, options, id, stored -> {
            application.print(summary(stored), format);
            return ExitCode.DONE;
        });
    }

    @Command(mixinStandardHelpOptions = true, name = "confirm", description = "Say what it was, once it is known.")
    int confirm(
            @Mixin CommonOptions options,
            @Parameters(paramLabel = "ID", description = ChosenInvestigation.ID) String id,
            @Option(names = "--cause", required = true, paramLabel = "H", description = "The hypothesis: its path or id.")
                    String cause,
            @Option(names = "--because", paramLabel = "TEXT", defaultValue = "", description = "How it is known.")
                    String because) {
        return new Acts(application, options).confirm(id, cause, because);
    }

    private static Summary summary(StoredEvents stored) {
        return SummaryFold.of(stored.id(), stored.events());
    }

    private static String events(StoredEvents stored) {
        StringBuilder json = new StringBuilder("{\"schemaVersion\": 1, \"id\": \"" + stored.id() + "\", \"intact\": "
                + stored.intact() + ", \"events\": [");
        String separator = "\n  ";
        for (dev.whydunit.engine.Event event : stored.events()) {
            json.append(separator).append(EventJson.write(event));
            separator = ",\n  ";
        }
        return json.append("\n]}").toString();
    }
}
