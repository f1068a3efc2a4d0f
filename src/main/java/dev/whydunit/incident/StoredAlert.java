package dev.whydunit.incident;

import dev.whydunit.alert.Alert;
import java.time.Instant;

/**
 * An alert that was accepted.
 *
 * @param id sorts by when it came in
 * @param receiver where it came in
 * @param incident that it belongs to; empty when it belongs to none
 */
public record StoredAlert(String id, String receiver, Alert alert, Instant receivedAt, String incident) {}
