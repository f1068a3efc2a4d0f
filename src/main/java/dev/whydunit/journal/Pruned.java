package dev.whydunit.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * An investigation of which only this is left: retention took its events.
 *
 * @param line how it ended
 * @param at when it was taken; empty when the audit log does not reach back so far
 */
public record Pruned(StoredInvestigation line, Optional<Instant> at) {
    /** In a sentence. */
    public String words() {
        return "investigation " + line.id() + " was pruned"
                + at.map(when -> " on " + when).orElse("")
                + ", as retention: says; all that is left: runbook " + line.runbook() + ", began " + line.startedAt()
                + ", verdict " + line.verdict();
    }
}
