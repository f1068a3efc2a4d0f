package dev.whydunit.running;

import dev.whydunit.store.Database;
import dev.whydunit.store.SortableTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Work that a command does itself at once. It stands in the queue all the same, for later: were the command to die, a server would
 * do it.
 */
public final class WaitingWork implements Work {
    private final Database database;
    private final Duration later;

    /** @param later how long servers leave it to the command; zero when the command does none of it */
    public WaitingWork(Database database, Duration later) {
        this.database = database;
        this.later = later;
    }

    @Override
    public void addAll(Connection connection, String kind, Map<String, Instant> due, int priority) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version,"
                        + " consecutive_failures, priority) values (?, ?, ?, ?, 1, 0, ?)"
                        + " on conflict (task_name, task_instance) do nothing")) {
            for (Map.Entry<String, Instant> work : due.entrySet()) {
                Instant at = work.getValue().plus(later);
                insert.setString(1, kind);
                insert.setString(2, work.getKey());
                if (database.isEmbedded()) {
                    insert.setString(3, SortableTime.of(at));
                } else {
                    insert.setObject(3, at.atOffset(ZoneOffset.UTC));
                }
                insert.setBoolean(4, false);
                insert.setInt(5, priority);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The command did it; a server that has begun it meanwhile finds it done. */
    public void done(String kind, String id) {
        database.commits()
                .submit(connection -> {
                    try (PreparedStatement delete = connection.prepareStatement(
                            "delete from scheduled_tasks where task_name = ? and task_instance = ? and picked = ?")) {
                        delete.setString(1, kind);
                        delete.setString(2, id);
                        delete.setBoolean(3, false);
                        return delete.executeUpdate();
                    }
                })
                .join();
    }

    @Override
    public void hurry() {
        // Servers look by themselves.
    }
}
