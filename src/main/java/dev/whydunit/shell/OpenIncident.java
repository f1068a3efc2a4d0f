package dev.whydunit.shell;

import java.time.Instant;

/**
 * An incident that is open.
 *
 * @param id such as {@code inc-42}
 * @param service where its cause most probably is; empty when that is not known
 * @param since when it was opened
 */
record OpenIncident(String id, String service, Instant since) {}
