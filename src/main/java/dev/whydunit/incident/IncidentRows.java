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
    static final String COLUMNS =
            "id, number, status, title, severity, origin, services, hosts, group_keys, firing, alerts, opened_at,"
                    + " last_alert_at, resolved_at, merged_into";

    private static final String SAVE = "insert into incident (" + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (id) do update set status = excluded.status, title = excluded.title,"
            + " severity = excluded.severity, origin = excluded.origin, services = excluded.services,"
            + " hosts = excluded.hosts, group_keys = excluded.group_keys, firing = excluded.firing,"
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
                "update incident set status = ?, title = ?, severity = ?, origin = ?, firing = ?, alerts = ?, opened_at = ?,"
                        + " last_alert_at = ?, resolved_at = ?, merged_into = ? where id = ?",
                incidents.stream()
                        .map(incident -> new Object[] {
                            incident.status().name().toLowerCase(Locale.ROOT),
                            incident.title(),
                            incident.severity().word(),
                            incident.origin(),
                            Columns.text(incident.firing()),
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
            Columns.text(incident.firing()),
            incident.alerts(),
            incident.openedAt(),
            incident.lastAlertAt(),
            incident.resolvedAt().<Object>map(at -> at).orElse(NOTHING),
            incident.mergedInto().<Object>map(into -> into).orElse(NOTHING)
        };
    }

    /** Adds lines to timelines, in this order; their incidents are stored. */
    static void add(Connection connection, List<Line> lines) throws SQLException {
        Set<String> incidents = new TreeSet<>();
        lines.forEach(line -> incidents.add(line.incident()));
        // Whoever else adds to these timelines waits here, so that no two nodes count to the same number.
        batch(
                connection,
                "update incident set number = number where id = ?",
                incidents.stream().map(incident -> new Object[] {incident}).toList());
        Map<String, Integer> last = new HashMap<>();
        selectIn(
                        connection,
                        row -> Map.entry(row.getString(1), row.getInt(2)),
                        "select id, (select coalesce(max(seq), 0) from incident_event where incident = incident.id)"
                                + " from incident where id in (:values)",
                        List.of(),
                        incidents)
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
        return select(
                connection,
                IncidentRows::incident,
                "select " + COLUMNS
                        + " from incident where status in ('open', 'resolved') or (status = 'closed' and resolved_at >= ?)"
                        + " order by number",
                over);
    }

    static Incident incident(ResultSet row) throws SQLException {
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
                Columns.map(row.getString(10)),
                row.getInt(11),
                Instant.parse(row.getString(12)),
                Instant.parse(row.getString(13)),
                Optional.ofNullable(row.getString(14)).map(Instant::parse),
                Optional.ofNullable(row.getString(15)));
    }
}
