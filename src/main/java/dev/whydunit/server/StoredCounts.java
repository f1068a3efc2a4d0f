package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;

import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers of what is stored, for all nodes the same; asked for at most every few seconds. */
final class StoredCounts {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * The numbers.
     *
     * @param incidents open and resolved ones, by status
     * @param opened incidents that there ever were
     * @param waiting work that is not being done, by kind
     * @param working work that is, by kind
     */
    record Counts(Map<String, Long> incidents, long opened, Map<String, Long> waiting, Map<String, Long> working) {}

    private final Looked<Optional<Counts>> counts;

    StoredCounts(Database database) {
        this.counts =
                new Looked<>("what is stored", FRESH, LIMIT, () -> Optional.of(count(database)), e -> Optional.empty());
    }

    /** As they are, or were a few seconds ago; empty when the database does not say. */
    Optional<Counts> now() {
        return counts.now(PATIENCE).flatMap(seen -> seen);
    }

    private static Counts count(Database database) throws SQLException {
        return database.read(connection -> {
            Map<String, Long> incidents = new HashMap<>();
            select(
                            connection,
                            row -> Map.entry(row.getString(1), row.getLong(2)),
                            "select status, count(*) from incident where status in ('open', 'resolved') group by status")
                    .forEach(line -> incidents.put(line.getKey(), line.getValue()));
            long opened = select(connection, row -> row.getLong(1), "select coalesce(max(number), 0) from incident")
                    .getFirst();
            Map<String, Long> waiting = new HashMap<>();
            Map<String, Long> working = new HashMap<>();
            for (String kind : List.of(Work.TRIAGE, Work.INVESTIGATE, Work.NOTIFY)) {
                select(
                                connection,
                                row -> Map.entry(row.getBoolean(1), row.getLong(2)),
                                "select picked, count(*) from scheduled_tasks where task_name = ? group by picked",
                                kind)
                        .forEach(line -> (line.getKey() ? working : waiting).put(kind, line.getValue()));
            }
            return new Counts(incidents, opened, waiting, working);
        });
    }
}
