package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.digest.Sha256;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Sequence.Prospect;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.NextScreen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whydunit next}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "next",
        description = "Which step is next and why, in bits and seconds, and what keeps the others from running.",
        footer = {"", "Example: whydunit next"})
final class NextCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    private OfOption of = new OfOption();

    @Mixin
    private ScreenOption output = new ScreenOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    NextCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        return ChosenInvestigation.use(application, common, of.id(), this::show);
    }

    private int show(StoredEvents stored) {
        List<String> remarks = new ArrayList<>();
        List<Prospect> prospects = prospects(stored, remarks);
        Screens.print(
                application,
                output.json()
                        ? NextScreen.json(stored.id(), stored.events(), prospects, remarks)
                        : NextScreen.text(
                                stored.id(),
                                stored.events(),
                                prospects,
                                remarks,
                                Screens.style(application.console())));
        return ExitCode.DONE;
    }

    /** What the steps that have not run would tell, as far as the runbook can be read again. */
    private List<Prospect> prospects(StoredEvents stored, List<String> remarks) {
        Optional<Configuration> configuration = application.configuration(common);
        if (configuration.isEmpty() || !(stored.events().getFirst() instanceof Event.Started started)) {
            remarks.add("What the other steps would tell is not known without a configuration that can be read.");
            return List.of();
        }
        String name = application.runbookOf(started);
        Optional<Library.Found> found = new Library(application, configuration.get()).find(name);
        if (found.isEmpty()) {
            remarks.add("What the other steps would tell is not known without the runbook " + name + ".");
            return List.of();
        }
        String sha256 = started.runbook().sha256();
        if (!sha256.isEmpty() && !sha256.equals(Sha256.hex(found.get().text()))) {
            remarks.add("The runbook was changed since: this is what it says now.");
        }
        return new Prospects(found.get().runbook())
                .of(stored.events(), medianSeconds(started.runbook().id()));
    }

    /** What steps took before, as this machine remembers it; of what a server ran it knows nothing. */
    private Map<String, Double> medianSeconds(String runbook) {
        try (Archive archive = application.archive(common)) {
            return archive instanceof JournalStore store ? store.medianSeconds(runbook) : Map.of();
        }
    }
}
