package dev.whydunit.journal;

import dev.whydunit.engine.Event;
import dev.whydunit.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the journal holds, as {@link JournalStore} gives it. Thread-safe. */
final class JournalReader {
    private static final int RUNS_REMEMBERED = 20;
    /** What a list shows of an investigation; not what it was asked, which may be long. */
    private static final String LINE = "id, runbook, environment, started_at, ended_at, status, path, probability";

    private final Database database;

    JournalReader(Database database) {
        this.database = database;
    }

    /** The line of the list of one investigation. */
    Optional<StoredInvestigation> find(String id) {
        return read("select " + LINE + " from investigation where id = ?", statement -> {
            statement.setString(1, id);
            return rows(statement).stream().findFirst();
        });
    }

    /** As {@link #find(String)}, as somebody's transaction sees it. */
    static Optional<StoredInvestigation> find(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + LINE + " from investigation where id = ?")) {
            statement.setString(1, id);
            return rows(statement).stream().findFirst();
        }
    }

    /** The investigations of an incident, the first first. */
    List<StoredInvestigation> ofIncident(String incident) {
        return read("select " + LINE + " from investigation where incident = ? order by started_at, id", statement -> {
            statement.setString(1, incident);
            return rows(statement);
        });
    }

    Optional<Pruned> pruned(String id) {
        Optional<StoredInvestigation> line =
                read("select " + LINE + " from investigation where id = ? and state = 'pruned'", statement -> {
                    statement.setString(1, id);
                    return rows(statement).stream().findFirst();
                });
        return line.map(left -> new Pruned(
                left,
                read("select max(at) from audit where what = 'pruned' and about like ?", statement -> {
                            statement.setString(1, "%" + left.id() + "%");
                            try (ResultSet rows = statement.executeQuery()) {
                                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.<String>empty();
                            }
                        })
                        .map(Instant::parse)));
    }

    List<StoredInvestigation> list(int limit) {
        return read(
                "select " + LINE
                        + " from investigation where state <> 'pruned' order by started_at desc, id desc limit ?",
                statement -> {
                    statement.setInt(1, limit);
                    return rows(statement);
                });
    }

    List<OpenIncident> openIncidents() {
        return read(
                "select id, title, origin, opened_at from incident where status = 'open' order by number desc limit 20",
                statement -> {
                    List<OpenIncident> found = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.add(new OpenIncident(
                                    rows.getString(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    Instant.parse(rows.getString(4))));
                        }
                    }
                    return List.copyOf(found);
                });
    }

    private static List<StoredInvestigation> rows(PreparedStatement statement) throws SQLException {
        List<StoredInvestigation> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new StoredInvestigation(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        Instant.parse(rows.getString(4)),
                        Optional.ofNullable(rows.getString(5)).map(Instant::parse),
                        Optional.ofNullable(rows.getString(6)),
                        rows.getString(7),
                        rows.getDouble(8)));
            }
        }
        return List.copyOf(found);
    }

    List<String> matching(String prefix) {
        return read(
                "select id from investigation where substr(id, 1, ?) = ? order by started_at desc limit 10",
                statement -> {
                    statement.setInt(1, prefix.length());
                    statement.setString(2, prefix);
                    List<String> ids = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            ids.add(rows.getString(1));
                        }
                    }
                    return List.copyOf(ids);
                });
    }

    StoredEvents events(String id) {
        // By one statement, so that the last event and what is said to be the last are of one moment.
        String sql =
                "select e.seq, e.body, e.hash, i.head from investigation i left join event e on e.investigation = i.id"
                        + " where i.id = ? order by e.seq";
        return read(sql, statement -> {
            statement.setString(1, id);
            List<Event> events = new ArrayList<>();
            String previous = HashChain.START;
            Optional<String> head = Optional.empty();
            int brokenAt = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    head = Optional.ofNullable(rows.getString("head"));
                    String body = rows.getString("body");
                    if (body == null) {
                        continue;
                    }
                    String hash = HashChain.next(previous, body);
                    if (brokenAt == 0
                            && (!hash.equals(rows.getString("hash")) || rows.getInt("seq") != events.size() + 1)) {
                        brokenAt = events.size() + 1;
                    }
                    events.add(EventJson.read(body));
                    previous = hash;
                }
            }
            if (brokenAt == 0 && head.isPresent() && !head.get().equals(previous)) {
                // One that has ended says what its last event is: some are missing at the end, or were added.
                brokenAt = events.size() + 1;
            }
            return new StoredEvents(id, events, brokenAt == 0, brokenAt, previous);
        });
    }

    /** What attempts that were thought dead still saw, in order; at most a thousand. */
    List<LateEvent> late(String id) {
        return read(
                "select attempt, at, body from late_event where investigation = ? order by at limit 1000",
                statement -> {
                    statement.setString(1, id);
                    List<LateEvent> late = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            late.add(new LateEvent(
                                    rows.getInt(1),
                                    Instant.parse(rows.getString(2)),
                                    EventJson.read(rows.getString(3))));
                        }
                    }
                    return List.copyOf(late);
                });
    }

    /**
     * What each step of a runbook took when it ended well: the median of its last twenty runs, in seconds, by step.
     */
    Map<String, Double> medianSeconds(String runbook) {
        return read(
                "select step, seconds from step_duration where runbook = ? order by at desc limit 2000", statement -> {
                    statement.setString(1, runbook);
                    Map<String, List<Double>> taken = new HashMap<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            List<Double> last = taken.computeIfAbsent(rows.getString(1), step -> new ArrayList<>());
                            if (last.size() < RUNS_REMEMBERED) {
                                last.add(rows.getDouble(2));
                            }
                        }
                    }
                    Map<String, Double> medians = new HashMap<>();
                    taken.forEach((step, last) -> {
                        last.sort(null);
                        medians.put(step, last.get(last.size() / 2));
                    });
                    return Map.copyOf(medians);
                });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T read(String sql, Reading<T> reading) {
        try {
            return database.read(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    return reading.of(statement);
                }
            });
        } catch (SQLException e) {
            throw JournalStore.failure("read", database, e);
        }
    }
}
