package dev.whydunit.running;

import dev.whydunit.alert.Notification;
import dev.whydunit.config.Configuration;
import dev.whydunit.incident.Accepted;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.incident.Signals;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Takes alerts in without a server: they are read, stored, grouped and triaged as a server does it. */
public final class LocalIntake {
    /** Longer than an investigation may take: until then servers leave the work to the command that does it. */
    private static final Duration HANDS_OFF = Duration.ofMinutes(20);

    private final Database database;
    private final IncidentStore incidents;
    private final IncidentTriage triage;
    private final WaitingWork work;
    private final Shelf shelf;

    /** @param runs whether the caller does what is due itself, now */
    public LocalIntake(Configuration configuration, Database database, List<KindSignature> kinds, boolean runs) {
        this.database = database;
        this.shelf = new Shelf(configuration.runbooks(), kinds);
        this.work = new WaitingWork(database, runs ? HANDS_OFF : Duration.ZERO);
        Signals signals = LocalDatabase.signals(configuration);
        this.triage = new IncidentTriage(
                database,
                signals,
                shelf,
                new RunbookChoice(shelf, configuration.incidents(), signals),
                new InvestigationRequests(configuration.environmentName(), JournalMask.of(configuration)));
        this.incidents = LocalDatabase.incidents(database, configuration, signals, triage);
        triage.wire(incidents, work);
    }

    /**
     * What became of a delivery.
     *
     * @param due ids of the investigations that it is worth
     */
    public record Taken(Accepted accepted, List<String> due) {
        /** Keeps its own copy. */
        public Taken {
            due = List.copyOf(due);
        }
    }

    /** Takes a delivery in; all of it is committed when this returns. */
    public Taken take(String receiver, Notification notification) throws SQLException {
        Accepted accepted = incidents
                .accept(receiver, notification, database.clock().instant())
                .join();
        List<String> due = new ArrayList<>();
        for (String incident : new TreeSet<>(accepted.touched())) {
            Optional<String> started = triage.triage(incident);
            started.ifPresent(due::add);
            work.done(Work.TRIAGE, incident);
        }
        return new Taken(accepted, due);
    }

    /** The incidents. */
    public IncidentStore incidents() {
        return incidents;
    }

    /** What is wrong with files that hold no usable runbook, a line each. */
    public List<String> problems() {
        return shelf.problems();
    }
}
