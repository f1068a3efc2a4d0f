package dev.whydunit.incident;

import static dev.whydunit.store.Statements.select;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The incidents that an alert may join, as they are stored, remembered from one transaction to the next for as long as no other node stored
 * any. Used by the one thread that commits.
 */
final class RecentIncidents {
    private static final int UNKNOWN = -1;

    private final Duration reopen;
    private final AlertIds ids = new AlertIds();
    private Map<String, Incident> byId = new LinkedHashMap<>();
    private long version = UNKNOWN;
    private int lastNumber;

    /** @param reopen how long after its end an incident may still be joined */
    RecentIncidents(Duration reopen) {
        this.reopen = reopen;
    }

    /** Waits for every other node's intake, and sees to it that what is remembered is what is stored. */
    void hold(Connection connection, Instant now) throws SQLException {
        long held = select(
                        connection,
                        row -> row.getLong(1),
                        "update held set times = times + 1 where name = 'intake' returning times")
                .getFirst();
        Instant over = now.minus(reopen);
        if (version == UNKNOWN || version != held - 1) {
            read(connection, over);
        } else {
            byId.values()
                    .removeIf(incident -> !incident.live()
                            && incident.resolvedAt()
                                    .map(at -> at.isBefore(over))
                                    .orElse(true));
        }
        version = held;
    }

    private void read(Connection connection, Instant over) throws SQLException {
        byId = new LinkedHashMap<>();
        for (Incident incident : IncidentRows.since(connection, over)) {
            byId.put(incident.id(), incident);
        }
        ids.after(select(connection, row -> row.getString(1), "select coalesce(max(id), '') from alert")
                .getFirst());
        lastNumber = select(connection, row -> row.getInt(1), "select coalesce(max(number), 0) from incident")
                .getFirst();
    }

    /** What is stored is not known any more: a transaction was rolled back. */
    void forget() {
        version = UNKNOWN;
    }

    Collection<Incident> all() {
        return byId.values();
    }

    /** The number of the next new incident. */
    int nextNumber() {
        return lastNumber + 1;
    }

    /** The id of the next new alert. */
    String nextAlert(Instant now) {
        return ids.next(now);
    }

    void remember(Incident incident) {
        lastNumber = Math.max(lastNumber, incident.number());
        if (incident.status() == Incident.Status.MERGED) {
            byId.remove(incident.id());
        } else {
            byId.put(incident.id(), incident);
        }
    }
}
