package dev.whydunit.server;

import java.time.Instant;
import java.util.Optional;

/**
 * What a step wants to do, and what a person said to it.
 *
 * @param command exactly what will run
 * @param sha256 of the command: what an answer is bound to
 * @param granted empty while nobody has answered
 * @param by who answered; empty while nobody has
 */
record PendingApproval(
        String id,
        String investigation,
        String step,
        String command,
        String sha256,
        Instant askedAt,
        Instant expiresAt,
        Optional<Boolean> granted,
        Optional<String> by) {
    /** Whether it can still be answered. */
    boolean waits(Instant now) {
        return granted.isEmpty() && now.isBefore(expiresAt);
    }
}
