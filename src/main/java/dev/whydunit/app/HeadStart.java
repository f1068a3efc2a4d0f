package dev.whydunit.app;

import dev.whydunit.journal.JournalStore;
import dev.whydunit.step.hostcommand.HostCommandKind;

/**
 * Loads what a run needs last (the database's library, JSON, the native calls) while its runbook is still being read: a
 * command lives half a second, and most of it is loading, which two processors do in less.
 */
final class HeadStart {
    private HeadStart() {}

    /** Begins to load, when these arguments run a runbook or open the shell. What fails here is reported where it is needed. */
    static void begin(String[] arguments) {
        if (arguments.length == 0) {
            Thread.ofPlatform().daemon().name("head start").start(JournalStore::load);
        } else if (arguments[0].equals("run")) {
            Thread.ofPlatform().daemon().name("head start").start(() -> {
                JournalStore.load();
                HostCommandKind.load();
            });
        }
    }
}
