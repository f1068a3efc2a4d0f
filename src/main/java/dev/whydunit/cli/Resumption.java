package dev.whydunit.cli;

import dev.whydunit.config.Configuration;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.Limits;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.World;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.running.InvestigationRequests;
import dev.whydunit.running.InvestigationRequests.Claimed;
import dev.whydunit.running.JournalMask;
import dev.whydunit.running.LocalDatabase;
import dev.whydunit.running.OpenSources;
import dev.whydunit.running.Requested;
import dev.whydunit.running.WaitingWork;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * How it ended.
     *
     * @param ending {@code completed}, {@code interrupted} or {@code out_of_time}
     */
    record Ended(Summary summary, String ending) {}

    /** Does it; empty, with the reason said, when it cannot be done. */
    Optional<Ended> run(String id) throws SQLException {
        Optional<StoredInvestigation> stored = journal.find(id);
        if (stored.isEmpty() || stored.get().endedAt().isPresent()) {
            application.fail("investigation " + id + " has ended; look again with: whydunit redo STEP --of " + id);
            return Optional.empty();
        }
        StoredEvents before = journal.events(id);
        Optional<Claimed> wanted = database.read(connection -> InvestigationRequests.find(connection, id));
        Optional<Event.Started> started = before.events().stream()
                .findFirst()
                .filter(Event.Started.class::isInstance)
                .map(Event.Started.class::cast);
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
        Ended ended = run(before, prepared.get(), trigger);
        new WaitingWork(database, Duration.ZERO).done(Work.INVESTIGATE, id);
        wanted.flatMap(Claimed::incident)
                .ifPresent(incident -> say(
                        incident,
                        id + " (" + prepared.get().runbook().id() + ") has ended: "
                                + journal.find(id)
                                        .map(StoredInvestigation::verdict)
                                        .orElse("not yet")));
        return Optional.of(ended);
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

    private Ended run(StoredEvents before, Application.Prepared prepared, Trigger trigger) {
        String id = before.id();
        Request request = new Request(
                id,
                prepared.runbook(),
                prepared.sha256(),
                prepared.configuration().environmentName(),
                trigger,
                prepared.inputs(),
                before.events().stream()
                        .filter(Event.Started.class::isInstance)
                        .map(event -> ((Event.Started) event).anchor())
                        .findFirst(),
                journal.medianSeconds(prepared.runbook().id()));
        int attempt = journal.takeOver(id);
        try (OpenSources sources = new OpenSources(prepared.configuration(), application.sourceKinds());
                JournalWriter writer = journal.goOn(
                        before, prepared.runbook().id(), attempt, JournalMask.of(prepared.configuration()));
                Stage.Show show =
                        application.stage().show(id, prepared.runbook().id())) {
            World world = application.world(prepared, sources, options, show, Limits.DEFAULT.parallelSteps(), true);
            String ending =
                    show.run(Going.of(new Investigation(world, request, writer, show.watcher(), before.events())));
            writer.flush();
            show.close();
            return new Ended(SummaryFold.of(id, journal.events(id).events()), ending);
        }
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
        IncidentStore incidents = LocalDatabase.incidents(database, configuration, (connection, it, now) -> {});
        incidents
                .add(incident, database.clock().instant(), "investigation", text)
                .join();
    }
}
