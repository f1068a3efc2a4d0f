package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.engine.ArtifactStore;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.Request;
import dev.whydunit.engine.StepKind;
import dev.whydunit.engine.Trigger;
import dev.whydunit.engine.Watcher;
import dev.whydunit.engine.World;
import dev.whydunit.incident.IncidentStore;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.JournalWriter;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.journal.Superseded;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.running.InvestigationRequests;
import dev.whydunit.running.InvestigationRequests.Claimed;
import dev.whydunit.running.JournalMask;
import dev.whydunit.running.OpenSources;
import dev.whydunit.running.Requested;
import dev.whydunit.running.Shelf;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Asks for investigations and does those that are asked for. */
final class Investigations {
    /** What steps take changes slowly, and is read from thousands of rows. */
    private static final Duration MEDIANS_HOLD = Duration.ofSeconds(30);

    private final ServeSettings settings;
    private final Database database;
    private final JournalStore journal;
    private final Shelf shelf;
    private final Admission admission;
    private final JournalMask journalMask;
    private final Measures measures;
    private final InvestigationRequests requests;
    private final Worlds worlds;
    private final Endings endings;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<String, Medians> medians = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** One that runs here. */
    private record Running(Investigation investigation, JournalWriter writer, Hearing hearing) {
        /** Ends it as a dead process would, but at once. */
        void leave() {
            writer.leave();
            investigation.stop();
        }
    }

    /** What a runbook's steps took, as it was at a time. */
    private record Medians(Map<String, Double> seconds, Instant at) {}

    Investigations(
            ServeSettings settings,
            Database database,
            JournalStore journal,
            Shelf shelf,
            ArtifactStore artifacts,
            OpenSources sources,
            List<StepKind<?>> kinds,
            Admission admission,
            IncidentStore incidents,
            Telling telling,
            Measures measures,
            Supplier<SecretMask> mask) {
        this.journalMask = new JournalMask(mask);
        this.settings = settings;
        this.requests = new InvestigationRequests(settings.configuration().environmentName(), journalMask);
        this.database = database;
        this.journal = journal;
        this.shelf = shelf;
        this.admission = admission;
        this.measures = measures;
        this.worlds = new Worlds(settings, database, kinds, sources, artifacts, mask, telling, measures);
        this.endings = new Endings(database, journal, incidents, telling, measures);
    }

    /** How many run on this node. */
    int runningHere() {
        return running.size();
    }

    /**
     * Stores that an investigation is wanted; the caller's transaction adds it to the queue.
     *
     * @return its id
     */
    String request(Connection connection, Requested requested, Optional<String> incident, Instant now)
            throws SQLException {
        return requests.request(connection, requested, incident, now);
    }

    /** Does one, or goes on with one that was cut off. */
    void run(String id) throws SQLException {
        try (Admission.Place place = admission.enter(priority(id))) {
            run(id, place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkQueue.LaidDown(e);
        }
    }

    /** What the queue claimed it by: all that an embedded database has due is claimed at once, and stands in line here. */
    private int priority(String id) throws SQLException {
        return database.read(connection -> select(
                        connection,
                        row -> row.getInt(1),
                        "select coalesce(max(priority), 0) from scheduled_tasks where task_name = ? and task_instance = ?",
                        Work.INVESTIGATE,
                        id))
                .getFirst();
    }

    private void run(String id, Admission.Place place) throws SQLException {
        if (stopping) {
            throw new WorkQueue.LaidDown(new IllegalStateException("investigation " + id + " was not begun here"));
        }
        Optional<Claimed> claimed = database.commits()
                .submit(connection -> InvestigationRequests.claim(connection, id))
                .join();
        if (claimed.isEmpty()) {
            // It has ended, or was never stored. This node or another may have died before it told anybody.
            endings.tell(id);
            return;
        }
        Requested requested = claimed.get().requested();
        Optional<Shelf.Book> book = shelf.book(requested.runbook());
        List<String> problems = shelf.problems(requested);
        if (book.isEmpty() || !problems.isEmpty()) {
            endings.notStarted(id, claimed.get(), String.join("; ", problems));
            return;
        }
        StoredEvents before = claimed.get().attempt() == 1 ? StoredEvents.none(id) : journal.events(id);
        Inputs.Resolved inputs = Inputs.resolve(book.get().runbook(), requested.inputs(), requested.alert());
        Request request = new Request(
                id,
                book.get().runbook(),
                book.get().sha256(),
                settings.configuration().environmentName(),
                new Trigger(requested.trigger(), requested.alert()),
                inputs.values(),
                Optional.empty(),
                medianSeconds(requested.runbook()));
        Companion companion = new Companion(id, database.clock());
        try (JournalWriter writer =
                journal.goOn(before, requested.runbook(), claimed.get().attempt(), journalMask, companion)) {
            Investigation investigation = investigation(
                    worlds.of(place, id, claimed.get()),
                    request,
                    writer,
                    worlds.watcher(book.get().runbook()),
                    before,
                    requested);
            Running here = new Running(investigation, writer, new Hearing(investigation, database.clock()));
            companion.hears(here.hearing());
            running.put(id, here);
            if (stopping) {
                here.leave();
            }
            investigation.run();
        } catch (Superseded e) {
            // Another node is in charge; what this one still saw is kept as late.
            measures.superseded();
            return;
        } catch (JournalFailure e) {
            throw stopping ? new WorkQueue.LaidDown(e) : e;
        } finally {
            running.remove(id);
        }
        endings.ended(id, claimed.get());
    }

    private Investigation investigation(
            World world,
            Request request,
            JournalWriter writer,
            Watcher watcher,
            StoredEvents before,
            Requested requested) {
        List<Event> events = before.events();
        if (requested.more().isEmpty() || events.isEmpty()) {
            return new Investigation(world, request, writer, watcher, events);
        }
        Requested.More more = requested.more().get();
        // Cut off after it was gone on with, it goes on like any other: its journal says what is looked at again.
        boolean ended = before.ended();
        Investigation investigation = ended
                ? Investigation.reopened(world, request, writer, watcher, events, Set.copyOf(more.again()))
                : new Investigation(world, request, writer, watcher, events);
        more.ruledOut().forEach((hypothesis, because) -> {
            boolean said = events.stream()
                    .anyMatch(event -> event instanceof Event.RuledOut out
                            && out.hypothesis().equals(hypothesis)
                            && out.because().equals(because));
            if (!said) {
                investigation.ruleOut(more.by(), hypothesis, because);
            }
        });
        if (ended && !more.again().isEmpty()) {
            investigation.note(more.by(), "looks again at " + String.join(", ", more.again()));
        }
        return investigation;
    }

    /** Those that run on this node. */
    Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    /** Where what people want of an investigation is said to it; empty when it does not run on this node. */
    Optional<Hearing> hearing(String id) {
        return Optional.ofNullable(running.get(id)).map(Running::hearing);
    }

    /**
     * Sees to it that an investigation that has ended is gone on with, by whichever node.
     *
     * @param role of the person who wants it: policy takes what is done from then on as started by them
     * @return does it, in a transaction; gives why it cannot be, or nothing when it will be
     */
    dev.whydunit.store.Work<Optional<String>> askForMore(String id, Requested.More more, Role role, WorkQueue queue) {
        Optional<Event.Started> begun = journal.events(id).started();
        if (begun.isEmpty()) {
            return connection -> Optional.of("investigation " + id + " has not begun");
        }
        Event.Started started = begun.get();
        Optional<Shelf.Book> book = shelf.book(started.runbook().id());
        if (book.isEmpty() || !book.get().sha256().equals(started.runbook().sha256())) {
            return connection -> Optional.of("runbook " + started.runbook().id() + " was changed since " + id
                    + " ran, or is not on this server: start anew");
        }
        Requested requested = new Requested(
                        started.runbook().id(),
                        started.trigger().kind(),
                        started.trigger().alert(),
                        Inputs.asGiven(book.get().runbook(), started.inputs()))
                .by(role.word())
                .with(more);
        return connection -> {
            int changed = update(
                    connection,
                    "update investigation set state = 'queued', ended_at = null, request = ? where id = ? and state = 'ended'",
                    requests.text(requested),
                    id);
            if (changed == 0) {
                return Optional.of("investigation " + id + " has not ended");
            }
            queue.add(connection, Work.INVESTIGATE, id, now(), Work.BY_PERSON);
            return Optional.empty();
        };
    }

    /** Leaves what runs here to the other nodes, or to the next start. */
    void stop() {
        stopping = true;
        running.values().forEach(Running::leave);
    }

    private Map<String, Double> medianSeconds(String runbook) {
        Instant now = now();
        Medians known = medians.get(runbook);
        if (known == null || known.at().plus(MEDIANS_HOLD).isBefore(now)) {
            known = new Medians(journal.medianSeconds(runbook), now);
            medians.put(runbook, known);
        }
        return known.seconds();
    }

    Instant now() {
        return database.clock().instant();
    }
}
