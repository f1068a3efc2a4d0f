package dev.whydunit.cli;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Watcher;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredEvents;
import java.util.List;
import java.util.Optional;

/** Shows a watcher the events of an investigation as they come to be in an archive. */
final class EventTail {
    private final Archive archive;
    private final String id;
    private final Watcher watcher;
    private int seen;

    /** @param seen how many of its events are known already */
    EventTail(Archive archive, String id, Watcher watcher, int seen) {
        this.archive = archive;
        this.id = id;
        this.watcher = watcher;
        this.seen = seen;
    }

    /** Shows what is new; all of its events, once something new came and it has ended. */
    Optional<StoredEvents> look() {
        StoredEvents stored = archive.events(id);
        List<Event> all = stored.events();
        List<Event> fresh = all.subList(Math.min(seen, all.size()), all.size());
        fresh.forEach(watcher::event);
        seen = all.size();
        return fresh.isEmpty() || !stored.ended() ? Optional.empty() : Optional.of(stored);
    }
}
