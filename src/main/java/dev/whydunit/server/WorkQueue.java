package dev.whydunit.server;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.whydunit.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The work that nodes share, claimed by db-scheduler: what is put into it in a transaction is done by some node if that is
 * committed, and again by another if that node dies meanwhile. Work is one name and one id, and there once at most.
 */
final class WorkQueue implements AutoCloseable {
    /** Does a piece of work. What it throws is tried again later. */
    @FunctionalInterface
    interface Worker {
        void work(String id) throws Exception;
    }

    /** A kind of work. */
    record Kind(String name, Worker worker) {}

    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Database database;
    private final JdbcCustomization dialect;
    private final Scheduler scheduler;

    /** @param atOnce pieces of work that this node does at once */
    WorkQueue(Database database, String node, int atOnce, List<Kind> kinds) {
        this.database = database;
        this.dialect = database.isEmbedded() ? new SqliteTimes() : new PostgreSqlJdbcCustomization(false, true);
        var builder = Scheduler.create(
                        database.dataSource(),
                        kinds.stream().<Task<?>>map(WorkQueue::task).toList())
                .schedulerName(new SchedulerName.Fixed(node))
                .jdbcCustomization(dialect)
                .serializer(new TextSerializer())
                .threads(atOnce)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("work ", 0).factory()))
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(2));
        this.scheduler = (database.isEmbedded() ? builder : builder.pollUsingLockAndFetch(0.5, 1.0)).build();
    }

    private static OneTimeTask<Void> task(Kind kind) {
        return Tasks.oneTime(kind.name())
                .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(RETRY, 1.5))
                .execute((instance, context) -> {
                    try {
                        kind.worker().work(instance.getId());
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(
                                kind.name() + " " + instance.getId() + ": " + e.getMessage(), e);
                    }
                });
    }

    /**
     * Adds work in somebody's transaction, unless it is there.
     *
     * @param at when it is to be done
     */
    void add(Connection connection, String kind, String id, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, consecutive_failures)"
                        + " values (?, ?, ?, ?, 1, 0) on conflict (task_name, task_instance) do nothing")) {
            insert.setString(1, kind);
            insert.setString(2, id);
            dialect.setInstant(insert, 3, at);
            insert.setBoolean(4, false);
            insert.executeUpdate();
        }
    }

    /** Looks for due work now and not when the next look is due. */
    void hurry() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Begins to work. */
    void start() throws SQLException {
        if (database.isEmbedded()) {
            // One process at a time serves this database: what is marked as being done is so no more.
            database.commits()
                    .submit(connection -> {
                        try (PreparedStatement update = connection.prepareStatement(
                                "update scheduled_tasks set picked = ?, picked_by = null, last_heartbeat = null")) {
                            update.setBoolean(1, false);
                            return update.executeUpdate();
                        }
                    })
                    .join();
        }
        scheduler.start();
    }

    /** Stops to begin work; what runs is left to the next start or to another node. */
    @Override
    public void close() {
        scheduler.stop();
    }

    /** There is no data but the id; were there any it would be text and never Java objects. */
    private static final class TextSerializer implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return data == null ? new byte[0] : data.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        @SuppressWarnings("NullAway") // No data is null in db-scheduler.
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return null;
        }
    }
}
