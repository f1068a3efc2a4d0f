package dev.whydunit.webhook;

/**
 * Why a delivery is not accepted.
 *
 * @param status the HTTP status: 400, 401, 403 or 413; 503 when it cannot be told now and may be soon
 * @param why one line for the sender, without a secret and without what a forger could learn from
 */
public record Refusal(int status, String why) {}
