package dev.whydunit.journal;

import java.time.Instant;

/**
 * An incident that is open, as it is pointed to.
 *
 * @param id such as {@code inc-42}
 * @param title what it is called
 * @param origin the service where its cause most probably is; empty when that is not known
 * @param since when it was opened
 */
public record OpenIncident(String id, String title, String origin, Instant since) {}
