package dev.whydunit.server;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says to an investigation that runs here what people want of it, each once. An act is done when the event that it became is committed, in the
 * same transaction: whoever takes over from a dead node hears of all that were not, and of no other.
 */
final class Hearing {
    private final Investigation investigation;
    private final InstantSource clock;
    private final Set<Integer> said = new HashSet<>();
    private final Map<Event, Integer> acts = new IdentityHashMap<>();

    Hearing(Investigation investigation, InstantSource clock) {
        this.investigation = investigation;
        this.clock = clock;
    }

    /**
     * Says it, unless it was said before.
     *
     * @return whether that was all: it is to be marked as done
     * @throws IllegalArgumentException when it cannot be done to this investigation
     */
    synchronized boolean say(ActStore.Kept kept) {
        if (!said.add(kept.number())) {
            return false;
        }
        return switch (kept.act()) {
            case Act.Note note ->
                waits(new Event.Noted(clock.instant(), kept.by().name(), note.text()), kept);
            case Act.RuleOut out ->
                waits(investigation.ruledOut(kept.by().name(), out.hypothesis(), out.because()), kept);
            case Act.Stop stop
            when stop.steps() -> {
                investigation.stopSteps();
                yield true;
            }
            // Done once it has ended.
            case Act.Stop stop -> {
                investigation.stop();
                yield false;
            }
            case Act.Confirm confirm -> throw new IllegalArgumentException("it has not ended");
            case Act.Redo redo -> throw new IllegalArgumentException("it has not ended");
        };
    }

    private boolean waits(Event.ByPerson event, ActStore.Kept kept) {
        acts.put(event, kept.number());
        investigation.say(event);
        return false;
    }

    /** Marks the act that became this event as done. */
    void keep(Connection connection, String id, Event event) throws SQLException {
        Integer number;
        synchronized (this) {
            number = acts.get(event);
        }
        if (number != null) {
            ActStore.done(connection, id, number, clock.instant(), Optional.empty());
        }
    }
}
