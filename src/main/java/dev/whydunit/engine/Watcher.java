package dev.whydunit.engine;

/** Watches an investigation while it runs. Called from several threads; must not block for long. */
public interface Watcher {
    /** An event was added to the journal. */
    void event(Event event);

    /** A running step says how it is going; not journaled. */
    void progress(String step, String line);

    /** Looks at nothing. */
    static Watcher none() {
        return new Watcher() {
            @Override
            public void event(Event event) {}

            @Override
            public void progress(String step, String line) {}
        };
    }
}
