package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.OpenIncident;
import dev.whydunit.journal.StoredInvestigation;
import java.util.List;
import java.util.Optional;

/** What there is when the shell opens: incidents that are open, and the newest investigation. */
final class Standing {
    private final Application application;
    private List<OpenIncident> incidents = List.of();
    private Optional<StoredInvestigation> newest = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    Standing(Application application) {
        this.application = application;
    }

    /** Looks; what cannot be read is said in the greeting, since a shell without a journal is of little use. */
    void look() {
        try (Archive archive = application.archive()) {
            newest = archive.list(1).stream().findFirst();
            incidents = archive.openIncidents();
        } catch (JournalFailure e) {
            trouble = Optional.ofNullable(e.getMessage());
        }
    }

    /** The open incident that the shell opens in: the newest. */
    Optional<OpenIncident> incident() {
        return incidents.stream().findFirst();
    }

    Optional<Runs.Current> newest() {
        return newest.map(one -> new Runs.Current(one.id(), one.runbook(), one.startedAt()));
    }

    String greeting() {
        return trouble.map(why -> "whydunit: " + why + "\n").orElse("")
                + Welcome.greeting(incidents, newest.map(one -> one.runbook() + " " + one.id() + ": " + one.verdict()));
    }
}
