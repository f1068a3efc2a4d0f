package dev.whydunit.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the list of investigations.
 *
 * @param endedAt empty while it runs, or when its process died
 * @param status of the verdict; empty before there is one
 * @param path of the verdict, joined with dots; empty when there is none
 */
public record StoredInvestigation(
        String id,
        String runbook,
        String environment,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> status,
        String path,
        double probability) {
    /** How it ended, in a few words. */
    public String verdict() {
        return status.map(word -> path.isEmpty()
                        ? word.replace('_', ' ')
                        : word + ", " + path + " " + Math.round(probability * 1000) / 10.0 + " %")
                .orElse("not yet");
    }
}
