package dev.whydunit.retention;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import dev.whydunit.config.RetentionSettings;
import dev.whydunit.schema.Durations;
import dev.whydunit.store.AuditLine;
import dev.whydunit.store.Database;
import dev.whydunit.store.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Takes records away that are over and old, in small transactions between which others write. What runs or is open is never taken.
 * Of an investigation a line stays that says how it ended. Each batch says in the audit log what it took.
 */
public final class RecordRetention {
    private static final int BATCH = 50;
    private static final int MANY = 500;
    /** A process at a prompt that died leaves its investigation marked as running; none runs for so long. */
    private static final String OVER =
            "(state = 'ended' or (state = 'running' and request is null)) and coalesce(ended_at, started_at) < ?";

    private static final String ALERTS_OVER =
            "received_at < ? and not exists (select 1 from incident where incident.id = alert.incident and status in ('open', 'resolved'))";
    private static final String INCIDENTS_OVER =
            "status in ('closed', 'merged') and last_alert_at < ? and number < (select max(number) from incident)"
                    + " and not exists (select 1 from investigation v where v.incident = incident.id and v.state <> 'pruned')";
    private static final String REMEMBERED = "state = 'pruned' and coalesce(ended_at, started_at) < ?";

    /** More of the whole than this is taken by itself only when there is little. */
    private static final double MUCH = 0.5;

    private static final int LITTLE = 20;
    private static final Duration SILENCE = Duration.ofDays(30);

    private final Database database;
    private final RetentionSettings rules;
    private final String who;

    /** @param who is written into the audit log */
    public RecordRetention(Database database, RetentionSettings rules, String who) {
        this.database = database;
        this.rules = rules;
        this.who = who;
    }

    /** What {@link #remove} would take now. */
    public Removal look(Instant now) throws SQLException {
        Set<String> expired = new LinkedHashSet<>(expired(now));
        expired.addAll(beyond().keySet());
        return database.read(connection -> new Removal(
                expired.size(),
                count(connection, "incident", INCIDENTS_OVER, now.minus(rules.incidents())),
                count(connection, "alert", ALERTS_OVER, now.minus(rules.alerts())),
                count(connection, "audit", "at < ?", now.minus(rules.audit())),
                count(connection, "investigation", REMEMBERED, now.minus(rules.audit())),
                0,
                0));
    }

    private static int count(Connection connection, String table, String where, Instant before) throws SQLException {
        return select(
                        connection,
                        row -> row.getInt(1),
                        "select count(*) from " + table + " where " + where,
                        before.toString())
                .getFirst();
    }

    /**
     * Why the clock is not to be believed, or so much would go that a person should say so first; empty when all is as usual. A clock that
     * was set forward makes everything look old.
     */
    public Optional<String> doubt(Instant now) throws SQLException {
        Optional<Instant> newest = newest(database);
        if (newest.isPresent() && newest.get().plus(SILENCE).isBefore(now)) {
            return Optional.of("the newest entry is of " + newest.get() + ", "
                    + Duration.between(newest.get(), now).toDays() + " days before this machine's time " + now
                    + ": is the clock right?");
        }
        Removal would = look(now);
        int investigations = database.read(connection -> select(
                        connection, row -> row.getInt(1), "select count(*) from investigation where state <> 'pruned'")
                .getFirst());
        int alerts = database.read(connection -> select(connection, row -> row.getInt(1), "select count(*) from alert")
                .getFirst());
        return much("investigations", would.investigations(), investigations)
                .or(() -> much("alerts", would.alerts(), alerts));
    }

    private static Optional<String> much(String what, int would, int all) {
        return would > LITTLE && would > all * MUCH
                ? Optional.of(would + " of " + all + " " + what
                        + " would go at once: has the clock been set forward, or was retention shortened?")
                : Optional.empty();
    }

    /** When the newest entry was made; empty when there is none. */
    public static Optional<Instant> newest(Database database) throws SQLException {
        return database.read(connection -> select(
                        connection,
                        row -> Optional.ofNullable(row.getString(1)),
                        "select max(t) from (select max(started_at) as t from investigation union all"
                                + " select max(last_alert_at) from incident union all select max(at) from audit) as newest")
                .getFirst()
                .map(Instant::parse));
    }

    /**
     * Takes away what is too old or too much.
     *
     * @throws SQLException when the database fails; what was committed before is gone, the rest is taken the next time
     */
    public Removal remove(Instant now) throws SQLException {
        Removal removed =
                investigations(batches(expired(now)), "ended more than " + text(rules.investigations()) + " ago", now);
        removed = removed.plus(investigations(
                batches(beyond().keySet()), "all events together are more than " + rules.journal(), now));
        removed = removed.plus(incidents(now));
        removed = removed.plus(alerts(now));
        durations(now);
        return removed.plus(lines(now));
    }

    /** Removes these investigations, unless they run; used where another limit than age asks for it. */
    Removal investigations(Iterable<List<String>> batches, String why, Instant now) throws SQLException {
        Removal removed = Removal.NOTHING;
        for (List<String> batch : batches) {
            removed = removed.plus(
                    new Removal(write(connection -> prune(connection, batch, why, now)), 0, 0, 0, 0, 0, 0));
        }
        return removed;
    }

    private List<String> expired(Instant now) throws SQLException {
        return database.read(connection -> select(
                connection,
                row -> row.getString(1),
                "select id from investigation where " + OVER + " order by started_at",
                now.minus(rules.investigations()).toString()));
    }

    /** Ended investigations, the oldest first, without which the others' events are no more than the journal may hold. */
    private Map<String, Long> beyond() throws SQLException {
        long most = rules.journalBytes();
        return database.read(connection -> {
            List<Map.Entry<String, Long>> newestFirst = select(
                    connection,
                    row -> Map.entry(row.getString(1), row.getLong(2)),
                    "select v.id, sum(length(e.body)) from investigation v join event e on e.investigation = v.id"
                            + " where v.state = 'ended' group by v.id, v.started_at order by v.started_at desc, v.id desc");
            Map<String, Long> beyond = new LinkedHashMap<>();
            long kept = 0;
            for (Map.Entry<String, Long> one : newestFirst) {
                kept += one.getValue();
                if (kept > most) {
                    beyond.put(one.getKey(), one.getValue());
                }
            }
            return beyond;
        });
    }

    static List<List<String>> batches(Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(List.copyOf(all.subList(from, Math.min(all.size(), from + BATCH))));
        }
        return batches;
    }

    private int prune(Connection connection, List<String> ids, String why, Instant now) throws SQLException {
        List<String> pruned = new ArrayList<>();
        for (String id : ids) {
            int over = update(
                    connection,
                    "update investigation set state = 'pruned', request = null, head = null where id = ? and (state = 'ended' or (state = 'running' and request is null))",
                    id);
            if (over == 1) {
                update(connection, "delete from event where investigation = ?", id);
                update(connection, "delete from late_event where investigation = ?", id);
                update(connection, "delete from approval where investigation = ?", id);
                update(connection, "delete from act where investigation = ?", id);
                update(connection, "delete from notification where investigation = ?", id);
                pruned.add(id);
            }
        }
        if (!pruned.isEmpty()) {
            audit(connection, now, pruned.size() + " investigations, " + why + ": " + String.join(" ", pruned));
        }
        return pruned.size();
    }

    private Removal incidents(Instant now) throws SQLException {
        Removal removed = Removal.NOTHING;
        while (true) {
            Removal batch = write(connection -> {
                List<String> ids = select(
                        connection,
                        row -> row.getString(1),
                        "select id from incident where " + INCIDENTS_OVER + " order by number limit ?",
                        now.minus(rules.incidents()).toString(),
                        BATCH);
                int alerts = 0;
                for (String id : ids) {
                    alerts += update(connection, "delete from alert where incident = ?", id);
                    update(connection, "delete from incident_event where incident = ?", id);
                    update(connection, "delete from firing_alert where incident = ?", id);
                    update(connection, "delete from incident where id = ?", id);
                }
                if (!ids.isEmpty()) {
                    audit(
                            connection,
                            now,
                            ids.size() + " incidents, last alert more than " + text(rules.incidents()) + " ago: "
                                    + String.join(" ", ids));
                }
                return new Removal(0, ids.size(), alerts, 0, 0, 0, 0);
            });
            removed = removed.plus(batch);
            if (batch.incidents() < BATCH) {
                return removed;
            }
        }
    }

    private Removal alerts(Instant now) throws SQLException {
        int removed = 0;
        int batch;
        do {
            batch = write(connection -> update(
                    connection,
                    "delete from alert where id in (select id from alert where " + ALERTS_OVER
                            + " order by id limit ?)",
                    now.minus(rules.alerts()).toString(),
                    MANY));
            removed += batch;
        } while (batch == MANY);
        if (removed > 0) {
            int all = removed;
            write(connection ->
                    audit(connection, now, all + " alerts, received more than " + text(rules.alerts()) + " ago"));
        }
        return new Removal(0, 0, removed, 0, 0, 0, 0);
    }

    /** What steps took long ago tells nothing of what they take. */
    private void durations(Instant now) throws SQLException {
        List<List<String>> steps = database.read(connection -> select(
                connection,
                row -> List.of(row.getString(1), row.getString(2)),
                "select distinct runbook, step from step_duration where at < ?",
                now.minus(rules.investigations()).toString()));
        for (List<String> step : steps) {
            write(connection -> update(
                    connection,
                    "delete from step_duration where runbook = ? and step = ? and at < ?",
                    step.getFirst(),
                    step.getLast(),
                    now.minus(rules.investigations()).toString()));
        }
    }

    private Removal lines(Instant now) throws SQLException {
        String before = now.minus(rules.audit()).toString();
        int audit = all("delete from audit where id in (select id from audit where at < ? limit ?)", before);
        int remembered = all(
                "delete from investigation where id in (select id from investigation where " + REMEMBERED + " limit ?)",
                before);
        return new Removal(0, 0, 0, audit, remembered, 0, 0);
    }

    private int all(String delete, String before) throws SQLException {
        int removed = 0;
        int batch;
        do {
            batch = write(connection -> update(connection, delete, before, MANY));
            removed += batch;
        } while (batch == MANY);
        return removed;
    }

    private int audit(Connection connection, Instant now, String about) throws SQLException {
        return AuditLine.write(connection, now, who, "pruned", about);
    }

    private <T> T write(Work<T> work) throws SQLException {
        try {
            return database.commits().submit(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getCause());
        }
    }

    private static String text(Duration age) {
        return Durations.format(age);
    }
}
