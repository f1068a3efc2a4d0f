package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import java.util.List;
import java.util.Optional;

/**
 * The events of one investigation.
 *
 * @param id the investigation's whole id
 * @param intact whether the hash chain holds: false when an event was changed, removed or put in afterwards
 * @param brokenAt the number of the first event that does not fit, from 1; 0 when intact
 * @param head the hash that the next event follows
 */
public record StoredEvents(String id, List<Event> events, boolean intact, int brokenAt, String head) {
    /** Keeps its own copy of the list. */
    public StoredEvents {
        events = List.copyOf(events);
    }

    /** How it began; empty when it has not. */
    public Optional<Event.Started> started() {
        return events.stream()
                .findFirst()
                .filter(Event.Started.class::isInstance)
                .map(Event.Started.class::cast);
    }

    /** Whether it has ended and nobody has gone on with it since; what people said afterwards does not count. */
    public boolean ended() {
        for (Event event : events.reversed()) {
            if (event instanceof Event.Ended) {
                return true;
            }
            if (event instanceof Event.Resumed) {
                return false;
            }
        }
        return false;
    }

    /** Of an investigation that has not begun. */
    public static StoredEvents none(String id) {
        return new StoredEvents(id, List.of(), true, 0, HashChain.START);
    }
}
