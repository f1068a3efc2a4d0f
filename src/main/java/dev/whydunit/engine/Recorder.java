package dev.whydunit.engine;

import java.time.InstantSource;

/** Adds events to the journal, then tells the watcher: nothing is shown that is not in the journal. Thread-safe. */
final class Recorder {
    private final InstantSource clock;
    private final Journal journal;
    private final Watcher watcher;

    Recorder(InstantSource clock, Journal journal, Watcher watcher) {
        this.clock = clock;
        this.journal = journal;
        this.watcher = watcher;
    }

    InstantSource clock() {
        return clock;
    }

    synchronized void add(Event event) {
        journal.append(event);
        watcher.event(event);
    }

    void flush() {
        journal.flush();
    }

    void progress(String step, String line) {
        watcher.progress(step, line);
    }
}
