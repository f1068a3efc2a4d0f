package dev.whydunit.server;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.journal.JournalStore;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.running.Requested;
import dev.whydunit.store.AuditLine;
import dev.whydunit.store.Database;
import dev.whydunit.store.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Does what people want of investigations, whichever node they ask. What has ended is changed by that node, in one transaction with the act; for
 * what runs the act is a row, which the node that runs it takes within half a second, or the one that takes over from it.
 */
final class Acts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Acts.class.getName());
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Database database;
    private final JournalStore journal;
    private final Investigations investigations;
    private final WorkQueue queue;
    private final UnaryOperator<String> mask;
    private final ActStore store;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("acts").factory());

    /** @param mask takes out of an act's JSON what must not be stored */
    Acts(
            Database database,
            JournalStore journal,
            Investigations investigations,
            WorkQueue queue,
            UnaryOperator<String> mask) {
        this.database = database;
        this.journal = journal;
        this.investigations = investigations;
        this.queue = queue;
        this.mask = mask;
        this.store = new ActStore(database, mask);
    }

    /** Begins to look for what waits. */
    void start() {
        looking.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Those of an investigation, in order. */
    List<ActStore.Kept> of(String investigation) throws SQLException {
        return store.of(investigation);
    }

    /**
     * Takes an act and waits a moment until it is done.
     *
     * @param key by which whoever asks twice says that it is the same
     */
    ActStore.Taken take(String investigation, Speaker by, Act act, Optional<String> key)
            throws SQLException, InterruptedException {
        ActStore.Taken taken = store.take(investigation, by, act, key, whenEnded(investigation, by, act));
        queue.hurry();
        if (!(taken instanceof ActStore.Taken.Told told)) {
            return taken;
        }
        ActStore.Kept kept = told.kept();
        if (kept.doneAt().isEmpty()) {
            look();
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (kept.doneAt().isEmpty() && System.nanoTime() < until) {
            Thread.sleep(ASK_AGAIN);
            kept = store.find(investigation, kept.number()).orElse(kept);
        }
        return kept.refused().<ActStore.Taken>map(ActStore.Taken.Refused::new).orElse(new ActStore.Taken.Told(kept));
    }

    /** What is to be done in a transaction in which the investigation is found to have ended; all that is slow is done here. */
    private Work<Optional<String>> whenEnded(String id, Speaker by, Act act) {
        return switch (act) {
            case Act.Note note -> append(id, new Event.Noted(investigations.now(), by.name(), note.text()));
            case Act.Confirm confirm ->
                append(
                        id,
                        new Event.Confirmed(investigations.now(), by.name(), confirm.hypothesis(), confirm.because()));
            case Act.RuleOut out -> askForMore(id, by, List.of(), Map.of(out.hypothesis(), out.because()));
            case Act.Redo redo -> askForMore(id, by, redo.steps(), Map.of());
            case Act.Stop stop -> connection -> Optional.empty();
        };
    }

    private Work<Optional<String>> askForMore(String id, Speaker by, List<String> again, Map<String, String> ruledOut) {
        return investigations.askForMore(id, new Requested.More(by.name(), again, ruledOut), by.role(), queue);
    }

    private Work<Optional<String>> append(String id, Event event) {
        StoredEvents before = journal.events(id);
        String runbook = before.started().map(started -> started.runbook().id()).orElse("");
        return connection -> {
            if (!before.intact()) {
                return Optional.of("the journal of investigation " + id + " was changed at event " + before.brokenAt()
                        + ": nothing is added to it");
            }
            return journal.add(connection, id, runbook, event, mask)
                    ? Optional.empty()
                    : Optional.of("investigation " + id + " was never begun");
        };
    }

    /** Does what waits and can be done here. */
    private synchronized void look() {
        try {
            for (ActStore.Kept kept : store.waiting(investigations.running())) {
                Optional<Hearing> hearing = investigations.hearing(kept.investigation());
                if (hearing.isPresent()) {
                    say(hearing.get(), kept);
                } else {
                    settle(kept);
                }
            }
        } catch (SQLException | JournalFailure | CompletionException e) {
            LOG.log(System.Logger.Level.DEBUG, "what people want cannot be read just now; tried again", e);
        }
    }

    private void say(Hearing hearing, ActStore.Kept kept) {
        try {
            if (hearing.say(kept)) {
                // After it was said: a node that dies in between has its successor stop the steps that run then.
                done(kept, Optional.empty());
            }
        } catch (IllegalArgumentException e) {
            done(kept, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Does what came too late to be heard before the end; nothing, when it has been gone on with since, or another node does it. */
    private void settle(ActStore.Kept kept) {
        Work<Optional<String>> work = whenEnded(kept.investigation(), kept.by(), kept.act());
        database.commits()
                .submit(connection -> {
                    if (ActStore.waitsAfterTheEnd(connection, kept)) {
                        done(connection, kept, work.in(connection));
                    }
                    return true;
                })
                .join();
        queue.hurry();
    }

    private void done(ActStore.Kept kept, Optional<String> refused) {
        database.commits()
                .submit(connection -> {
                    done(connection, kept, refused);
                    return true;
                })
                .join();
    }

    private void done(Connection connection, ActStore.Kept kept, Optional<String> refused) throws SQLException {
        Instant now = database.clock().instant();
        boolean waited = ActStore.done(connection, kept.investigation(), kept.number(), now, refused);
        if (waited && refused.isPresent()) {
            String what = kept.act().kind() + " of " + kept.by().name() + " was not done: " + refused.get();
            AuditLine.write(connection, now, "server", what, kept.investigation());
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
