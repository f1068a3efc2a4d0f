package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Trigger;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.running.InvestigationRequests;
import dev.whydunit.running.InvestigationRequests.Claimed;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.Requested;
import dev.whydunit.running.WaitingWork;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Does here an investigation that was asked for and not begun, or goes on with one that was cut off. */
final class Resumption {
    private final Application application;
    private final CommonOptions options;
    private final Configuration configuration;
    private final Database database;
    private final JournalStore journal;

    Resumption(Application application, CommonOptions options, Configuration configuration, Database database) {
        this.application = application;
        this.options = options;
        this.configuration = configuration;
        this.database = database;
        // Closed with the database, by whoever opened it.
        this.journal = new JournalStore(database);
    }

    /** Does it; empty, with the reason said, when it cannot be done. */
    Optional<Application.Carried> run(String id) throws SQLException {
        Optional<StoredInvestigation> stored = journal.find(id);
        if (stored.isEmpty() || stored.get().endedAt().isPresent()) {
            application.fail("investigation " + id + " has ended; look again with: whydunit redo STEP --of " + id);
            return Optional.empty();
        }
        StoredEvents before = journal.events(id);
        Optional<Claimed> wanted = database.read(connection -> InvestigationRequests.find(connection, id));
        Optional<Event.Started> started = before.started();
        CommonOptions there = options.withEnvironment(
                started.map(Event.Started::environment).orElse(stored.get().environment()));
        Optional<RunJob> job = started.isPresent()
                ? application.again(application.runbookOf(started.get()), started.get(), there)
                : wanted.map(claimed -> job(claimed.requested()));
        if (started.isEmpty() && wanted.isEmpty()) {
            application.fail("investigation " + id + " has not begun, and nobody has asked for it");
            return Optional.empty();
        }
        Optional<Application.Prepared> prepared = job.flatMap(it -> application.prepare(it, there, false));
        if (prepared.isEmpty()) {
            if (started.isEmpty()) {
                giveUp(id, wanted);
            }
            return Optional.empty();
        }
        if (started.isPresent()
                && !prepared.get().sha256().equals(started.get().runbook().sha256())) {
            application.fail("runbook " + prepared.get().runbook().id() + " was changed since " + id
                    + " began; what was seen does not fit it any more; start anew: whydunit run "
                    + prepared.get().runbook().id());
            return Optional.empty();
        }
        Trigger trigger =
                started.map(Event.Started::trigger).orElseGet(() -> job.get().trigger());
        Application.Carried carried = application.carryOn(
                journal,
                before,
                prepared.get(),
                trigger,
                options,
                (world, request, writer, watcher) ->
                        new Investigation(world, request, writer, watcher, before.events()));
        new WaitingWork(database, Duration.ZERO).done(Work.INVESTIGATE, id);
        wanted.flatMap(Claimed::incident)
                .ifPresent(incident -> say(
                        incident,
                        id + " (" + prepared.get().runbook().id() + ") has ended: "
                                + journal.find(id)
                                        .map(StoredInvestigation::verdict)
                                        .orElse("not yet")));
        return Optional.of(carried);
    }

    private static RunJob job(Requested requested) {
        return new RunJob(
                requested.runbook(),
                requested.inputs(),
                new Trigger(requested.trigger(), requested.alert()),
                true,
                false,
                Limits.DEFAULT.parallelSteps());
    }

    private void giveUp(String id, Optional<Claimed> wanted) {
        Instant now = database.clock().instant();
        database.commits()
                .submit(connection -> {
                    InvestigationRequests.giveUp(connection, id, now);
                    return true;
                })
                .join();
        new WaitingWork(database, Duration.ZERO).done(Work.INVESTIGATE, id);
        wanted.flatMap(Claimed::incident).ifPresent(incident -> say(incident, id + " could not start"));
    }

    private void say(String incident, String text) {
        IncidentStore incidents = LocalDatabase.incidents(
                database, configuration, LocalDatabase.signals(configuration), (connection, grown, now) -> Set.of());
        incidents
                .add(incident, database.clock().instant(), "investigation", text)
                .join();
    }
}
