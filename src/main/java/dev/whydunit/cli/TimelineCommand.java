package dev.whydunit.cli;

import dev.whydunit.journal.EventJson;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.Timeline;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whydunit timeline}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "timeline",
        description = "Everything that happened, in order.",
        footer = {"", "Example: whydunit timeline"})
final class TimelineCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    TimelineCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(
                application, common, of.id(), stored -> show(application, stored, output.json()));
    }

    static int show(Application application, StoredEvents stored, boolean json) {
        Screens.print(
                application,
                json
                        ? json(stored)
                        : Timeline.text(stored.events(), Screens.style(application.console()), ZoneId.systemDefault()));
        return ExitCode.DONE;
    }

    private static String json(StoredEvents stored) {
        return stored.events().stream()
                .map(EventJson::write)
                .collect(Collectors.joining(
                        ",\n  ",
                        "{\"schemaVersion\": 1, \"id\": \"" + stored.id() + "\", \"intact\": " + stored.intact()
                                + ", \"events\": [\n  ",
                        "\n]}\n"));
    }
}
