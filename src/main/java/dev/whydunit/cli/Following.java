package dev.whydunit.cli;

import dev.whydunit.client.RemoteServer;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Investigation;
import dev.whydunit.engine.JournalFailure;
import dev.whydunit.engine.Watcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An investigation that a server does: its events are asked for until it has ended. */
final class Following implements Going {
    private static final long POLL_MILLIS = 300;
    /** So many times in a row the server may not answer. */
    private static final int PATIENCE = 20;

    private final RemoteServer server;
    private final String id;
    private final Watcher watcher;
    private int seen;
    private JournalFailure lastFailure =
            new JournalFailure("the server did not answer", new IllegalStateException("not asked yet"));

    /** @param seen how many of its events are known already */
    Following(RemoteServer server, String id, Watcher watcher, int seen) {
        this.server = server;
        this.id = id;
        this.watcher = watcher;
        this.seen = seen;
    }

    @Override
    public String run() {
        int silent = 0;
        try {
            while (true) {
                Optional<List<Event>> events = events();
                if (events.isEmpty()) {
                    silent++;
                    if (silent >= PATIENCE) {
                        throw new JournalFailure(
                                lastFailure.getMessage() + "; investigation " + id + " may go on there", lastFailure);
                    }
                } else {
                    silent = 0;
                    List<Event> all = events.get();
                    List<Event> fresh = all.subList(Math.min(seen, all.size()), all.size());
                    fresh.forEach(watcher::event);
                    seen = all.size();
                    if (!all.isEmpty() && all.getLast() instanceof Event.Ended ended && !fresh.isEmpty()) {
                        return ended.ending();
                    }
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private Optional<List<Event>> events() {
        try {
            return Optional.of(server.events(id).events());
        } catch (JournalFailure e) {
            // A server that is being restarted comes back; how often it did not answer is counted.
            lastFailure = e;
            return Optional.empty();
        }
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
