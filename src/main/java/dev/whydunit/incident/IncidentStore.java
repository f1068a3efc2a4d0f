package dev.whydunit.incident;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.selectIn;

import dev.whydunit.alert.Notification;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.store.CommitGroup;
import dev.whydunit.store.Database;
import dev.whydunit.store.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps alerts and incidents. Taking alerts in is done by one at a time over all nodes, in the order of commits, so that as many
 * nodes as there are decide as one would. Thread-safe.
 */
public final class IncidentStore {
    private static final SecretMask WHAT_LOOKS_LIKE_ONE = new SecretMask(List.of());

    private final Database database;
    private final Grouping grouping;
    private final AlertMask mask;
    private final RecentIncidents recent;
    private final CommitGroup.Lane<Intake.Delivered, Accepted> intake;
    private final Supplier<SecretMask> secrets;

    /** As the other, with what looks like a secret taken out alone. */
    public IncidentStore(Database database, Grouping grouping, GroupingRules rules, Triage triage) {
        this(database, grouping, rules, triage, () -> WHAT_LOOKS_LIKE_ONE);
    }

    /**
     * Reads and writes nothing yet.
     *
     * @param triage told of each incident that began or grew
     * @param mask takes secrets out of alerts, and out of what people write, before it is stored
     */
    public IncidentStore(
            Database database, Grouping grouping, GroupingRules rules, Triage triage, Supplier<SecretMask> mask) {
        this.mask = new AlertMask(mask);
        this.secrets = mask;
        this.database = database;
        this.grouping = grouping;
        this.recent = new RecentIncidents(rules.reopen());
        this.intake = database.commits().lane(new Intake(recent, grouping, triage));
    }

    /**
     * Stores the alerts of a delivery and groups them.
     *
     * @return completes once all of it is committed
     */
    public CompletableFuture<Accepted> accept(String receiver, Notification notification, Instant now) {
        return intake.submit(new Intake.Delivered(
                receiver,
                mask.of(notification).alerts().stream()
                        .map(item -> Incoming.of(item, grouping))
                        .toList(),
                now));
    }

    private void save(Connection connection, List<Incident> incidents) throws SQLException {
        incidents.forEach(recent::remember);
        recent.save(connection, incidents);
    }

    /** Adds a line to an incident's timeline in somebody's transaction. */
    public static void add(Connection connection, String incident, Instant at, String type, String text)
            throws SQLException {
        IncidentRows.add(connection, List.of(new IncidentRows.Line(incident, at, type, text)));
    }

    /** Adds a line to an incident's timeline. */
    public CompletableFuture<Boolean> add(String incident, Instant at, String type, String text) {
        return database.commits().submit(connection -> {
            add(connection, incident, at, type, secrets.get().text(text));
            return true;
        });
    }

    /**
     * Changes an incident, and says so in its timeline.
     *
     * @param change gives it as it is to be, and the line; empty when there is nothing to change
     * @return it as it is now; empty when there is no such incident
     */
    CompletableFuture<Optional<Incident>> change(String id, Instant now, Function<Incident, Optional<Change>> change) {
        return database.commits().submit(new Write<Optional<Incident>>() {
            @Override
            public Optional<Incident> in(Connection connection) throws SQLException {
                recent.hold(connection, now);
                Optional<Incident> before = IncidentRows.find(connection, id);
                Optional<Change> wanted = before.flatMap(change);
                if (wanted.isEmpty()) {
                    return before;
                }
                Incident after = wanted.get().after();
                if (!after.equals(before.get())) {
                    save(connection, List.of(after));
                }
                IncidentRows.add(
                        connection,
                        wanted.get().lines().entrySet().stream()
                                .map(line -> new IncidentRows.Line(
                                        id,
                                        now,
                                        line.getKey(),
                                        // What people write may hold a secret as what alerts say may.
                                        secrets.get().text(line.getValue())))
                                .toList());
                return Optional.of(after);
            }

            @Override
            public void committed(Optional<Incident> result) {
                // What is remembered holds.
            }

            @Override
            public void failed(Exception cause) {
                recent.forget();
            }
        });
    }

    /** An incident as a person wants it, and what they did: lines of the timeline, by their types. */
    record Change(Incident after, Map<String, String> lines) {}

    /** Closes the incidents that were quiet for long enough; gives their ids. */
    public CompletableFuture<List<String>> closeQuiet(Instant now) {
        return database.commits().submit(connection -> {
            recent.hold(connection, now);
            List<Incident> closed = recent.all().stream()
                    .flatMap(incident -> grouping.closed(incident, now).stream())
                    .toList();
            save(connection, closed);
            IncidentRows.add(
                    connection,
                    closed.stream()
                            .map(incident -> new IncidentRows.Line(
                                    incident.id(), now, "closed", "nothing fired for long enough"))
                            .toList());
            return closed.stream().map(Incident::id).toList();
        });
    }

    /** An incident. */
    public Optional<Incident> incident(String id) throws SQLException {
        return database.read(connection -> IncidentRows.find(connection, id));
    }

    /** The newest incidents first; those that were merged left out. */
    public List<Incident> incidents(int limit) throws SQLException {
        return database.read(
                connection -> IncidentRows.find(connection, "status <> 'merged' order by number desc limit ?", limit));
    }

    /** Those that people may mean by a text, at most ten, the newest first: an id, the beginning of one, or a number. */
    public List<Incident> matching(String text) throws SQLException {
        return database.read(connection -> {
            List<Incident> exact = IncidentRows.find(connection, "id = ? or id = ?", text, "inc-" + text);
            return exact.isEmpty()
                    ? IncidentRows.find(
                            connection, "substr(id, 1, ?) = ? order by number desc limit 10", text.length(), text)
                    : exact;
        });
    }

    /** Who was assigned last, by incident. */
    public Map<String, String> assigned(Collection<String> incidents) throws SQLException {
        Map<String, String> assigned = new HashMap<>();
        database.read(connection -> selectIn(
                        connection,
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        "select incident, body from incident_event where type = 'assigned' and incident in (:values)"
                                + " order by seq",
                        List.of(),
                        incidents))
                .forEach(line -> assigned.put(line.getKey(), line.getValue()));
        return Map.copyOf(assigned);
    }

    /** What happened in an incident, in order. */
    public List<TimelineEntry> timeline(String incident) throws SQLException {
        return database.read(connection -> select(
                connection,
                row -> new TimelineEntry(
                        row.getInt(1), Instant.parse(row.getString(2)), row.getString(3), row.getString(4)),
                "select seq, at, type, body from incident_event where incident = ? order by seq",
                incident));
    }

    /** The alerts of an incident, in the order in which they came. */
    public List<StoredAlert> alertsOf(String incident, int limit) throws SQLException {
        return database.read(connection -> select(
                connection,
                AlertRows::alert,
                "select " + AlertRows.COLUMNS + " from alert where incident = ? order by id limit ?",
                incident,
                limit));
    }

    /** The alerts by which an incident fires now, each as it came first, in the order in which they came. */
    public List<StoredAlert> firingOf(Incident incident) throws SQLException {
        return database
                .read(connection -> selectIn(
                        connection,
                        AlertRows::alert,
                        "select " + AlertRows.COLUMNS + " from alert where id in (select min(id) from alert"
                                // Not by the index of incidents: a storm's has a hundred times the alerts that fire.
                                + " where incident || '' = ? and status = 'firing' and fingerprint in (:values)"
                                + " group by fingerprint)",
                        List.of(incident.id()),
                        incident.firing().fingerprints()))
                .stream()
                .sorted(Comparator.comparing(StoredAlert::id))
                .toList();
    }

    /** The newest alerts of an incident, the newest first. */
    public List<StoredAlert> newestOf(String incident, int limit) throws SQLException {
        return database.read(connection -> select(
                connection,
                AlertRows::alert,
                "select " + AlertRows.COLUMNS + " from alert where incident = ? order by id desc limit ?",
                incident,
                limit));
    }

    /** The newest alerts first, of one fingerprint or of all. */
    public List<StoredAlert> alerts(Optional<String> fingerprint, int limit) throws SQLException {
        return database.read(connection -> fingerprint.isPresent()
                ? select(
                        connection,
                        AlertRows::alert,
                        "select " + AlertRows.COLUMNS + " from alert where fingerprint = ? order by id desc limit ?",
                        fingerprint.get(),
                        limit)
                : select(
                        connection,
                        AlertRows::alert,
                        "select " + AlertRows.COLUMNS + " from alert order by id desc limit ?",
                        limit));
    }
}
