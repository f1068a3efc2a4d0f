package dev.whydunit.incident;

import static dev.whydunit.store.Statements.NOTHING;
import static dev.whydunit.store.Statements.batch;
import static dev.whydunit.store.Statements.selectIn;

import dev.whydunit.alert.Alert;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Alerts as rows. */
final class AlertRows {
    static final String COLUMNS =
            "id, receiver, fingerprint, status, labels, annotations, starts_at, ends_at, url, group_key, received_at, incident";

    private static final String ADD =
            "insert into alert (" + COLUMNS + ", event) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private AlertRows() {}

    /**
     * The values of a new row.
     *
     * @param again whether the same event was stored before and now means something new
     */
    static Object[] values(String id, String receiver, Incoming item, boolean again, Instant now, String incident) {
        Alert alert = item.alert();
        return new Object[] {
            id,
            receiver,
            alert.fingerprint(),
            alert.status().name().toLowerCase(Locale.ROOT),
            item.labels(),
            item.annotations(),
            alert.startsAt(),
            alert.endsAt().<Object>map(at -> at).orElse(NOTHING),
            alert.generatorUrl(),
            alert.groupKey(),
            now,
            incident,
            again ? item.event() + "|" + id : item.event()
        };
    }

    static void add(Connection connection, List<Object[]> rows) throws SQLException {
        batch(connection, ADD, rows);
    }

    /** Of some events of a receiver those that are stored, and the incident of each, which may be empty. */
    static Map<String, String> known(Connection connection, String receiver, Collection<String> events)
            throws SQLException {
        Map<String, String> known = new HashMap<>();
        selectIn(
                        connection,
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        "select event, incident from alert where receiver = ? and event in (:values)",
                        List.of(receiver),
                        events)
                .forEach(row -> known.put(row.getKey(), row.getValue()));
        return known;
    }

    /** How often some alerts began to fire since then, by fingerprint and incident. */
    static Map<Fired, Integer> fired(Connection connection, Instant since, Collection<String> fingerprints)
            throws SQLException {
        Map<Fired, Integer> fired = new HashMap<>();
        selectIn(
                        connection,
                        row -> Map.entry(new Fired(row.getString(1), row.getString(2)), row.getInt(3)),
                        "select fingerprint, incident, count(*) from alert where status = 'firing' and received_at >= ?"
                                + " and fingerprint in (:values) group by fingerprint, incident",
                        List.of(since),
                        fingerprints)
                .forEach(row -> fired.put(row.getKey(), row.getValue()));
        return fired;
    }

    /** An alert in an incident. */
    record Fired(String fingerprint, String incident) {}

    static StoredAlert alert(ResultSet row) throws SQLException {
        return new StoredAlert(
                row.getString(1),
                row.getString(2),
                new Alert(
                        Alert.Status.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                        new TreeMap<>(Columns.map(row.getString(5))),
                        new TreeMap<>(Columns.map(row.getString(6))),
                        Instant.parse(row.getString(7)),
                        Optional.ofNullable(row.getString(8)).map(Instant::parse),
                        row.getString(3),
                        row.getString(9),
                        row.getString(10)),
                Instant.parse(row.getString(11)),
                row.getString(12));
    }
}
