package dev.whydunit.cli;

import dev.whydunit.client.RemoteServer;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.Watcher;
import dev.whydunit.journal.StoredEvents;
import java.util.Map;
import java.util.Optional;

/** An investigation that a server does: its events are asked for until it has ended. */
final class Following implements Going {
    private static final long POLL_MILLIS = 300;
    /** So many times in a row the server may not answer. */
    private static final int PATIENCE = 20;

    private final RemoteServer server;
    private final String id;
    private final EventTail tail;

    /** @param seen how many of its events are known already */
    Following(RemoteServer server, String id, Watcher watcher, int seen) {
        this.server = server;
        this.id = id;
        this.tail = new EventTail(server, id, watcher, seen);
    }

    @Override
    public String run() {
        int silent = 0;
        try {
            while (true) {
                try {
                    Optional<StoredEvents> ended = tail.look();
                    if (ended.isPresent()) {
                        return ending(ended.get());
                    }
                    silent = 0;
                } catch (JournalFailure e) {
                    // A server that is being restarted comes back; how often it did not answer is counted.
                    silent++;
                    if (silent >= PATIENCE) {
                        throw new JournalFailure(e.getMessage() + "; investigation " + id + " may go on there", e);
                    }
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static String ending(StoredEvents stored) {
        return stored.events().reversed().stream()
                .filter(Event.Ended.class::isInstance)
                .map(event -> ((Event.Ended) event).ending())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void stop() {
        server.act(id, "stop", Map.of("steps", false));
    }

    @Override
    public void stopSteps() {
        server.act(id, "stop", Map.of("steps", true));
    }

    @Override
    public Optional<Investigation> here() {
        return Optional.empty();
    }
}
