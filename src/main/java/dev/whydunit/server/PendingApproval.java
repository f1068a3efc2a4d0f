package dev.whydunit.server;

import dev.whydunit.engine.Approvals.Wish;
import java.time.Instant;
import java.util.Optional;

/**
 * What a step wants to do, and what a person said to it.
 *
 * @param wish what it wants, without secrets
 * @param sha256 of exactly what will be done and where, secrets included: what an answer is bound to
 * @param granted empty while nobody has answered
 * @param by who answered; empty while nobody has
 * @param withdrawn why it was taken back before it was done; whatever was answered counts no more then
 */
record PendingApproval(
        String id,
        String investigation,
        Wish wish,
        String sha256,
        Instant askedAt,
        Instant expiresAt,
        Optional<Boolean> granted,
        Optional<String> by,
        Optional<String> withdrawn) {
    /** Whether it can still be answered. */
    boolean waits(Instant now) {
        return granted.isEmpty() && withdrawn.isEmpty() && now.isBefore(expiresAt);
    }
}
