package dev.whydunit.incident;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Alerts that belong together.
 *
 * @param id such as {@code inc-42}
 * @param title what it is called: its worst alert, and how many services
 * @param origin the service where its cause most probably is; empty when no service is known
 * @param services that alert or alerted
 * @param hosts likewise, and zones as {@code zone:NAME}
 * @param groupKeys the groups that the senders put its alerts in
 * @param firing the alerts that fire now
 * @param alerts how many there were
 * @param resolvedAt since when none fires
 * @param mergedInto the incident that it turned out to belong to
 */
public record Incident(
        String id,
        int number,
        Status status,
        String title,
        Severity severity,
        String origin,
        Set<String> services,
        Set<String> hosts,
        Set<String> groupKeys,
        Firing firing,
        int alerts,
        Instant openedAt,
        Instant lastAlertAt,
        Optional<Instant> resolvedAt,
        Optional<String> mergedInto) {
    /** Where it is in its life. */
    public enum Status {
        /** Something fires. */
        OPEN,
        /** Nothing fires, not for long enough to be sure. */
        RESOLVED,
        /** It is over. */
        CLOSED,
        /** It is part of another. */
        MERGED
    }

    /** Keeps its own copies, sorted; names of another incident are shared. */
    public Incident {
        services = Names.of(services);
        hosts = Names.of(hosts);
        groupKeys = Names.of(groupKeys);
    }

    /** The same with these alerts firing. */
    Incident with(Firing other) {
        return new Incident(
                id,
                number,
                status,
                title,
                severity,
                origin,
                services,
                hosts,
                groupKeys,
                other,
                alerts,
                openedAt,
                lastAlertAt,
                resolvedAt,
                mergedInto);
    }

    /** The same, as bad as this. */
    Incident as(Severity other) {
        return new Incident(
                id,
                number,
                status,
                title,
                other,
                origin,
                services,
                hosts,
                groupKeys,
                firing,
                alerts,
                openedAt,
                lastAlertAt,
                resolvedAt,
                mergedInto);
    }

    /** Whether new alerts may still join it without its being reopened. */
    public boolean live() {
        return status == Status.OPEN || status == Status.RESOLVED;
    }
}
