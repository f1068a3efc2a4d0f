package dev.whydunit.incident;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.alert.Alert;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The incidents that an alert may join, as they are stored, remembered from one transaction to the next for as long as no other node stored
 * any. Used by the one thread that commits.
 */
final class RecentIncidents {
    private static final int UNKNOWN = -1;

    private final Duration reopen;
    private final AlertIds ids = new AlertIds();
    private final IncidentIndex index = new IncidentIndex();
    private Map<String, Incident> byId = new LinkedHashMap<>();
    /** As their rows are, or will be when the transaction is committed. */
    private final Map<String, Incident> stored = new HashMap<>();
    /** The fingerprints of alerts that may have begun or ended since then, by incident. */
    private final Map<String, Set<String>> touched = new HashMap<>();

    /** Whoever finds that a disk failed forgets what is remembered, on whatever thread. */
    private volatile long version = UNKNOWN;

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
            stored.keySet().retainAll(byId.keySet());
            index.tidy(byId.values());
        }
        version = held;
    }

    private void read(Connection connection, Instant over) throws SQLException {
        byId = new LinkedHashMap<>();
        index.clear();
        stored.clear();
        touched.clear();
        for (Incident incident : IncidentRows.since(connection, over)) {
            byId.put(incident.id(), incident);
            index.put(incident);
            stored.put(incident.id(), incident);
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

    /** Those that an alert may belong to, the oldest first. */
    List<Incident> candidates(Alert alert, Signal signal, Grouping grouping) {
        return index.candidates(alert, signal, byId, grouping);
    }

    /** Those in which an alert of this fingerprint may fire, the oldest first. */
    List<Incident> firing(String fingerprint) {
        return index.firing(fingerprint, byId);
    }

    /** Stores incidents as they are now; of one whose names have not changed since, only the rest. */
    void save(Connection connection, Collection<Incident> incidents) throws SQLException {
        List<Incident> whole = new ArrayList<>();
        List<Incident> rest = new ArrayList<>();
        List<Incident> unknown = new ArrayList<>();
        List<IncidentRows.Fired> firing = new ArrayList<>();
        for (Incident incident : incidents) {
            Incident before = stored.put(incident.id(), incident);
            (before != null && IncidentIndex.sameNames(before, incident) ? rest : whole).add(incident);
            if (before == null) {
                unknown.add(incident);
            } else if (before.firing() != incident.firing()) {
                firing.add(new IncidentRows.Fired(
                        incident, before.firing(), touched.getOrDefault(incident.id(), Set.of())));
            }
        }
        IncidentRows.save(connection, whole);
        IncidentRows.saveAllButNames(connection, rest);
        IncidentRows.saveAllFiring(connection, unknown);
        IncidentRows.saveFiring(connection, firing);
        touched.clear();
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
        index.put(incident);
        touched(incident).addAll(incident.firing().fingerprints());
        put(incident);
    }

    /** The same for one that was remembered before, and that this alert changed. */
    void remember(Incident incident, Alert alert) {
        Incident before = byId.get(incident.id());
        touched(incident).add(alert.fingerprint());
        if (before == null) {
            index.put(incident);
        } else {
            index.put(before, incident, alert);
        }
        put(incident);
    }

    private Set<String> touched(Incident incident) {
        return touched.computeIfAbsent(incident.id(), id -> new HashSet<>());
    }

    private void put(Incident incident) {
        lastNumber = Math.max(lastNumber, incident.number());
        if (incident.status() == Incident.Status.MERGED) {
            byId.remove(incident.id());
        } else {
            byId.put(incident.id(), incident);
        }
    }
}
