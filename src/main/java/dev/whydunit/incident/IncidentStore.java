package dev.whydunit.incident;

import static dev.whydunit.store.Statements.NOTHING;
import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.alert.Alert;
import dev.whydunit.alert.Notification;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.store.Database;
import dev.whydunit.store.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps alerts and incidents. Taking alerts in is done by one at a time over all nodes, in the order of commits, so that as many
 * nodes as there are decide as one would. Thread-safe.
 */
public final class IncidentStore {
    private static final String COLUMNS =
            "id, number, status, title, severity, origin, services, hosts, group_keys, firing, alerts, opened_at,"
                    + " last_alert_at, resolved_at, merged_into";
    private static final String ALERT_COLUMNS =
            "id, receiver, fingerprint, status, labels, annotations, starts_at, ends_at, url, group_key, received_at, incident";

    private static final SecretMask WHAT_LOOKS_LIKE_ONE = new SecretMask(List.of());
    private static final int FLAPS = 3;
    private static final Duration FLAPPING = Duration.ofMinutes(10);

    private final Database database;
    private final Grouping grouping;
    private final Triage triage;
    private final Duration reopen;
    private final AlertMask mask;
    private final Supplier<SecretMask> secrets;

    /** Incidents that an alert may join, as of a version of the lock; of the committing thread. */
    private Map<String, Incident> recent = new LinkedHashMap<>();

    private long known = -1;
    private int lastNumber;
    private final AlertIds ids = new AlertIds();

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
        this.triage = triage;
        this.reopen = rules.reopen();
    }

    /**
     * Stores the alerts of a delivery and groups them.
     *
     * @return completes once all of it is committed
     */
    public CompletableFuture<Accepted> accept(String receiver, Notification notification, Instant now) {
        return database.commits().submit(new Intake(receiver, mask.of(notification), now));
    }

    private final class Intake implements Write<Accepted> {
        private final String receiver;
        private final Notification notification;
        private final Instant now;
        /** Written once a delivery and not once an alert: an incident's row grows with the storm. */
        private final Map<String, Incident> changed = new LinkedHashMap<>();

        Intake(String receiver, Notification notification, Instant now) {
            this.receiver = receiver;
            this.notification = notification;
            this.now = now;
        }

        @Override
        public Accepted in(Connection connection) throws SQLException {
            try {
                load(connection, now);
                changed.clear();
                int accepted = 0;
                Optional<String> first = Optional.empty();
                Set<String> touched = new HashSet<>();
                for (Notification.Item item : notification.alerts()) {
                    Optional<String> before = select(
                                    connection,
                                    row -> row.getString(1),
                                    "select incident from alert where receiver = ? and event = ?",
                                    receiver,
                                    item.event())
                            .stream()
                            .findFirst();
                    String incident;
                    if (before.isPresent()) {
                        incident = before.get();
                    } else {
                        incident = take(connection, item, touched);
                        accepted++;
                    }
                    first = first.or(() -> Optional.of(incident).filter(id -> !id.isEmpty()));
                }
                for (Incident incident : changed.values()) {
                    save(connection, incident);
                }
                return new Accepted(accepted, first, touched);
            } catch (SQLException | RuntimeException e) {
                // The transaction will be rolled back, and what is remembered with it.
                known = -1;
                throw e;
            }
        }

        private String take(Connection connection, Notification.Item item, Set<String> touched) throws SQLException {
            Grouping.Decision decision = grouping.take(item.alert(), recent.values(), lastNumber + 1, now);
            String id = decision.incident().map(Incident::id).orElse("");
            store(connection, receiver, item, now, id);
            if (decision.incident().isEmpty()) {
                return id;
            }
            Incident incident = decision.incident().get();
            Optional<String> flaps = flapping(connection, item.alert(), incident, decision);
            touched.add(id);
            if (decision.opened()) {
                lastNumber = incident.number();
                // What happened in it refers to its row.
                save(connection, incident);
                entry(connection, id, now, "opened", decision.why());
            } else if (decision.reopened()) {
                entry(connection, id, now, "reopened", decision.why());
            } else if (flaps.isPresent()) {
                if (!flaps.get().isEmpty()) {
                    entry(connection, id, now, "flapping", flaps.get());
                }
            } else if (decision.joined() || item.alert().status() == Alert.Status.RESOLVED) {
                entry(connection, id, now, decision.joined() ? "alert" : "resolved", decision.why());
            }
            remember(incident);
            changed.put(id, incident);
            for (Incident merged : decision.merged()) {
                changed.remove(merged.id());
                save(connection, merged);
                update(connection, "update alert set incident = ? where incident = ?", id, merged.id());
                update(connection, "update investigation set incident = ? where incident = ?", id, merged.id());
                entry(connection, merged.id(), now, "merged", "is part of " + id);
                entry(connection, id, now, "merged", merged.id() + " is part of it");
            }
            boolean news = decision.joined() && flaps.isEmpty();
            if (decision.opened() || decision.reopened() || !decision.merged().isEmpty() || news) {
                triage.look(connection, incident, now);
            }
            return id;
        }

        /**
         * Whether the alert flaps: it began to fire in this incident {@value #FLAPS} times within {@link #FLAPPING}. What it does then is
         * stored and neither listed nor looked at.
         *
         * @return empty when it does not; else the line for the timeline, which is empty when it was said before
         */
        private Optional<String> flapping(
                Connection connection, Alert alert, Incident incident, Grouping.Decision decision) throws SQLException {
            if (decision.opened() || decision.reopened() || !decision.merged().isEmpty()) {
                return Optional.empty();
            }
            int times = select(
                            connection,
                            row -> row.getInt(1),
                            "select count(*) from alert where fingerprint = ? and incident = ? and status = 'firing'"
                                    + " and received_at >= ?",
                            alert.fingerprint(),
                            incident.id(),
                            now.minus(FLAPPING))
                    .getFirst();
            if (times < FLAPS) {
                return Optional.empty();
            }
            return Optional.of(
                    times == FLAPS && decision.joined()
                            ? Grouping.named(alert) + " flaps: it began to fire " + FLAPS + " times within "
                                    + FLAPPING.toMinutes() + " minutes; what it does from here on is not listed"
                            : "");
        }

        @Override
        public void committed(Accepted result) {
            // What is remembered holds.
        }

        @Override
        public void failed(Exception cause) {
            known = -1;
        }
    }

    /** Waits for every other node's intake, and sees to it that what is remembered is what is stored. */
    private void load(Connection connection, Instant now) throws SQLException {
        update(connection, "update held set times = times + 1 where name = 'intake'");
        long version = select(connection, row -> row.getLong(1), "select times from held where name = 'intake'")
                .getFirst();
        if (known != version - 1 || known < 0) {
            recent = new LinkedHashMap<>();
            for (Incident incident : select(
                    connection,
                    IncidentStore::incident,
                    "select " + COLUMNS
                            + " from incident where status in ('open', 'resolved') or (status = 'closed' and resolved_at >= ?)"
                            + " order by number",
                    now.minus(reopen).toString())) {
                recent.put(incident.id(), incident);
            }
            ids.after(select(connection, row -> row.getString(1), "select coalesce(max(id), '') from alert")
                    .getFirst());
            lastNumber = select(connection, row -> row.getInt(1), "select coalesce(max(number), 0) from incident")
                    .getFirst();
        } else {
            recent.values()
                    .removeIf(incident -> !incident.live()
                            && incident.resolvedAt()
                                    .map(at -> at.isBefore(now.minus(reopen)))
                                    .orElse(true));
        }
        known = version;
    }

    private void remember(Incident incident) {
        if (incident.status() == Incident.Status.MERGED) {
            recent.remove(incident.id());
        } else {
            recent.put(incident.id(), incident);
        }
    }

    private void save(Connection connection, Incident incident) throws SQLException {
        remember(incident);
        update(
                connection,
                "insert into incident (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set status = excluded.status, title = excluded.title,"
                        + " severity = excluded.severity, origin = excluded.origin, services = excluded.services,"
                        + " hosts = excluded.hosts, group_keys = excluded.group_keys, firing = excluded.firing,"
                        + " alerts = excluded.alerts, opened_at = excluded.opened_at, last_alert_at = excluded.last_alert_at,"
                        + " resolved_at = excluded.resolved_at, merged_into = excluded.merged_into",
                incident.id(),
                incident.number(),
                word(incident.status()),
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
                incident.mergedInto().<Object>map(into -> into).orElse(NOTHING));
    }

    private void store(Connection connection, String receiver, Notification.Item item, Instant now, String incident)
            throws SQLException {
        Alert alert = item.alert();
        update(
                connection,
                "insert into alert (" + ALERT_COLUMNS + ", event) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ids.next(now),
                receiver,
                alert.fingerprint(),
                alert.status().name().toLowerCase(Locale.ROOT),
                Columns.text(alert.labels()),
                Columns.text(alert.annotations()),
                alert.startsAt(),
                alert.endsAt().<Object>map(at -> at).orElse(NOTHING),
                alert.generatorUrl(),
                alert.groupKey(),
                now,
                incident,
                item.event());
    }

    /** What people write may hold a secret as what alerts say may. */
    private void entry(Connection connection, String incident, Instant at, String type, String text)
            throws SQLException {
        update(
                connection,
                "insert into incident_event (incident, seq, at, type, body)"
                        + " select ?, coalesce(max(seq), 0) + 1, ?, ?, ? from incident_event where incident = ?",
                incident,
                at,
                type,
                secrets.get().text(text),
                incident);
    }

    /** Adds a line to an incident's timeline. */
    public CompletableFuture<Boolean> add(String incident, Instant at, String type, String text) {
        return database.commits().submit(connection -> {
            entry(connection, incident, at, type, text);
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
                load(connection, now);
                Optional<Incident> before = select(
                                connection,
                                IncidentStore::incident,
                                "select " + COLUMNS + " from incident where id = ?",
                                id)
                        .stream()
                        .findFirst();
                Optional<Change> wanted = before.flatMap(change);
                if (wanted.isEmpty()) {
                    return before;
                }
                Incident after = wanted.get().after();
                if (!after.equals(before.get())) {
                    save(connection, after);
                }
                for (Map.Entry<String, String> line : wanted.get().lines().entrySet()) {
                    entry(connection, id, now, line.getKey(), line.getValue());
                }
                return Optional.of(after);
            }

            @Override
            public void committed(Optional<Incident> result) {
                // What is remembered holds.
            }

            @Override
            public void failed(Exception cause) {
                known = -1;
            }
        });
    }

    /** An incident as a person wants it, and what they did: lines of the timeline, by their types. */
    record Change(Incident after, Map<String, String> lines) {}

    /** Closes the incidents that were quiet for long enough; gives their ids. */
    public CompletableFuture<List<String>> closeQuiet(Instant now) {
        return database.commits().submit(connection -> {
            load(connection, now);
            List<Incident> closed = recent.values().stream()
                    .flatMap(incident -> grouping.closed(incident, now).stream())
                    .toList();
            for (Incident incident : closed) {
                save(connection, incident);
                entry(connection, incident.id(), now, "closed", "nothing fired for long enough");
            }
            return closed.stream().map(Incident::id).toList();
        });
    }

    /** An incident. */
    public Optional<Incident> incident(String id) throws SQLException {
        return database.read(connection ->
                select(connection, IncidentStore::incident, "select " + COLUMNS + " from incident where id = ?", id)
                        .stream()
                        .findFirst());
    }

    /** The newest incidents first; those that were merged left out. */
    public List<Incident> incidents(int limit) throws SQLException {
        return database.read(connection -> select(
                connection,
                IncidentStore::incident,
                "select " + COLUMNS + " from incident where status <> 'merged' order by number desc limit ?",
                limit));
    }

    /** Those that people may mean by a text, at most ten, the newest first: an id, the beginning of one, or a number. */
    public List<Incident> matching(String text) throws SQLException {
        List<Incident> exact = database.read(connection -> select(
                connection,
                IncidentStore::incident,
                "select " + COLUMNS + " from incident where id = ? or id = ?",
                text,
                "inc-" + text));
        return exact.isEmpty()
                ? database.read(connection -> select(
                        connection,
                        IncidentStore::incident,
                        "select " + COLUMNS + " from incident where substr(id, 1, ?) = ? order by number desc limit 10",
                        text.length(),
                        text))
                : exact;
    }

    /** Who was assigned last, by incident. */
    public Map<String, String> assigned(Collection<String> incidents) throws SQLException {
        Map<String, String> assigned = new HashMap<>();
        for (String incident : incidents) {
            database.read(connection -> select(
                            connection,
                            row -> row.getString(1),
                            "select body from incident_event where incident = ? and type = 'assigned' order by seq desc limit 1",
                            incident))
                    .forEach(who -> assigned.put(incident, who));
        }
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
                IncidentStore::alert,
                "select " + ALERT_COLUMNS + " from alert where incident = ? order by id limit ?",
                incident,
                limit));
    }

    /** The newest alerts of an incident, the newest first. */
    public List<StoredAlert> newestOf(String incident, int limit) throws SQLException {
        return database.read(connection -> select(
                connection,
                IncidentStore::alert,
                "select " + ALERT_COLUMNS + " from alert where incident = ? order by id desc limit ?",
                incident,
                limit));
    }

    /** The newest alerts first, of one fingerprint or of all. */
    public List<StoredAlert> alerts(Optional<String> fingerprint, int limit) throws SQLException {
        return database.read(connection -> fingerprint.isPresent()
                ? select(
                        connection,
                        IncidentStore::alert,
                        "select " + ALERT_COLUMNS + " from alert where fingerprint = ? order by id desc limit ?",
                        fingerprint.get(),
                        limit)
                : select(
                        connection,
                        IncidentStore::alert,
                        "select " + ALERT_COLUMNS + " from alert order by id desc limit ?",
                        limit));
    }

    private static String word(Incident.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

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
                Columns.map(row.getString(10)),
                row.getInt(11),
                Instant.parse(row.getString(12)),
                Instant.parse(row.getString(13)),
                Optional.ofNullable(row.getString(14)).map(Instant::parse),
                Optional.ofNullable(row.getString(15)));
    }

    private static StoredAlert alert(ResultSet row) throws SQLException {
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
