package dev.whydunit.incident;

import static dev.whydunit.store.Statements.NOTHING;
import static dev.whydunit.store.Statements.batch;
import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.selectIn;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Incidents and their timelines as rows. */
final class IncidentRows {
    private static final String COLUMNS =
            "id, number, status, title, severity, origin, services, hosts, group_keys, alerts, opened_at, last_alert_at,"
                    + " resolved_at, merged_into";

    private static final String SAVE = "insert into incident (" + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (id) do update set status = excluded.status, title = excluded.title,"
            + " severity = excluded.severity, origin = excluded.origin, services = excluded.services,"
            + " hosts = excluded.hosts, group_keys = excluded.group_keys,"
            + " alerts = excluded.alerts, opened_at = excluded.opened_at, last_alert_at = excluded.last_alert_at,"
            + " resolved_at = excluded.resolved_at, merged_into = excluded.merged_into";

    private IncidentRows() {}

    /** A line of a timeline. */
    record Line(String incident, Instant at, String type, String text) {}

    static void save(Connection connection, Collection<Incident> incidents) throws SQLException {
        batch(connection, SAVE, incidents.stream().map(IncidentRows::values).toList());
    }

    /** The same for incidents that are stored with the services, hosts and groups that they have: those may be long, and seldom change. */
    static void saveAllButNames(Connection connection, Collection<Incident> incidents) throws SQLException {
        batch(
                connection,
                "update incident set status = ?, title = ?, severity = ?, origin = ?, alerts = ?, opened_at = ?,"
                        + " last_alert_at = ?, resolved_at = ?, merged_into = ? where id = ?",
                incidents.stream()
                        .map(incident -> new Object[] {
                            incident.status().name().toLowerCase(Locale.ROOT),
                            incident.title(),
                            incident.severity().word(),
                            incident.origin(),
                            incident.alerts(),
                            incident.openedAt(),
                            incident.lastAlertAt(),
                            incident.resolvedAt().<Object>map(at -> at).orElse(NOTHING),
                            incident.mergedInto().<Object>map(into -> into).orElse(NOTHING),
                            incident.id()
                        })
                        .toList());
    }

    private static Object[] values(Incident incident) {
        return new Object[] {
            incident.id(),
            incident.number(),
            incident.status().name().toLowerCase(Locale.ROOT),
            incident.title(),
            incident.severity().word(),
            incident.origin(),
            Columns.text(incident.services()),
            Columns.text(incident.hosts()),
            Columns.text(incident.groupKeys()),
            incident.alerts(),
            incident.openedAt(),
            incident.lastAlertAt(),
            incident.resolvedAt().<Object>map(at -> at).orElse(NOTHING),
            incident.mergedInto().<Object>map(into -> into).orElse(NOTHING)
        };
    }

    /**
     * An incident, and what fired in it before.
     *
     * @param touched the fingerprints of all that may have begun or ended since
     */
    record Fired(Incident incident, Firing before, Set<String> touched) {}

    /** Stores what fires now. */
    static void saveFiring(Connection connection, List<Fired> incidents) throws SQLException {
        List<Object[]> begun = new ArrayList<>();
        List<Object[]> ended = new ArrayList<>();
        for (Fired fired : incidents) {
            String id = fired.incident().id();
            Firing.Change change = fired.incident().firing().since(fired.before(), fired.touched());
            change.begun().forEach((fingerprint, service) -> begun.add(new Object[] {id, fingerprint, service}));
            change.ended().forEach(fingerprint -> ended.add(new Object[] {id, fingerprint}));
        }
        batch(connection, "delete from firing_alert where incident = ? and fingerprint = ?", ended);
        batch(
                connection,
                "insert into firing_alert (incident, fingerprint, service) values (?, ?, ?)"
                        + " on conflict (incident, fingerprint) do update set service = excluded.service",
                begun);
    }

    /** What fires in incidents of which nobody knows what fired in them before. */
    static void saveAllFiring(Connection connection, Collection<Incident> incidents) throws SQLException {
        batch(
                connection,
                "delete from firing_alert where incident = ?",
                incidents.stream().map(incident -> new Object[] {incident.id()}).toList());
        saveFiring(
                connection,
                incidents.stream()
                        .map(incident -> new Fired(
                                incident, Firing.NOTHING, incident.firing().fingerprints()))
                        .toList());
    }

    /** Adds lines to timelines, in this order; their incidents are stored. */
    static void add(Connection connection, List<Line> lines) throws SQLException {
        // Whoever else adds to these timelines waits here, so that no two nodes count to the same number.
        batch(
                connection,
                "update incident set number = number where id = ?",
                incidents(lines).stream()
                        .map(incident -> new Object[] {incident})
                        .toList());
        addToHeld(connection, lines);
    }

    private static Set<String> incidents(List<Line> lines) {
        Set<String> incidents = new TreeSet<>();
        lines.forEach(line -> incidents.add(line.incident()));
        return incidents;
    }

    /** The same for timelines of incidents that this transaction has stored, so that whoever else adds to them waits already. */
    static void addToHeld(Connection connection, List<Line> lines) throws SQLException {
        Map<String, Integer> last = new HashMap<>();
        selectIn(
                        connection,
                        row -> Map.entry(row.getString(1), row.getInt(2)),
                        "select id, (select coalesce(max(seq), 0) from incident_event where incident = incident.id)"
                                + " from incident where id in (:values)",
                        List.of(),
                        incidents(lines))
                .forEach(line -> last.put(line.getKey(), line.getValue()));
        List<Object[]> rows = new ArrayList<>();
        for (Line line : lines) {
            int seq = last.merge(line.incident(), 1, Integer::sum);
            rows.add(new Object[] {line.incident(), seq, line.at(), line.type(), line.text()});
        }
        batch(connection, "insert into incident_event (incident, seq, at, type, body) values (?, ?, ?, ?, ?)", rows);
    }

    /** Those that are live, or ended not before then, the oldest first. */
    static List<Incident> since(Connection connection, Instant over) throws SQLException {
        return find(
                connection,
                "status in ('open', 'resolved') or (status = 'closed' and resolved_at >= ?) order by number",
                over);
    }

    /** The one of this id. */
    static Optional<Incident> find(Connection connection, String id) throws SQLException {
        return find(connection, "id = ?", new Object[] {id}).stream().findFirst();
    }

    /**
     * Those of which something holds.
     *
     * @param what the condition, and the order behind it
     */
    static List<Incident> find(Connection connection, String what, Object... values) throws SQLException {
        List<Incident> found = select(
                connection, IncidentRows::incident, "select " + COLUMNS + " from incident where " + what, values);
        Map<String, Map<String, String>> firing = new HashMap<>();
        selectIn(
                        connection,
                        row -> new Alert(row.getString(1), row.getString(2), row.getString(3)),
                        "select incident, fingerprint, service from firing_alert where incident in (:values)",
                        List.of(),
                        found.stream().map(Incident::id).toList())
                .forEach(alert -> firing.computeIfAbsent(alert.incident(), incident -> new HashMap<>())
                        .put(alert.fingerprint(), alert.service()));
        return found.stream()
                .map(incident -> incident.with(Firing.of(firing.getOrDefault(incident.id(), Map.of()))))
                .toList();
    }

    /** One that fires. */
    private record Alert(String incident, String fingerprint, String service) {}

    /** All of an incident but what fires in it. */
    private static Incident incident(ResultSet row) throws SQLException {
        return new Incident(
                row.getString(1),
                row.getInt(2),
                Incident.Status.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                Severity.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                row.getString(6),
                Columns.set(row.getString(7)),
                Columns.set(row.getString(8)),
                Columns.set(row.getString(9)),
                Firing.NOTHING,
                row.getInt(10),
                Instant.parse(row.getString(11)),
                Instant.parse(row.getString(12)),
                Optional.ofNullable(row.getString(13)).map(Instant::parse),
                Optional.ofNullable(row.getString(14)));
    }
}
