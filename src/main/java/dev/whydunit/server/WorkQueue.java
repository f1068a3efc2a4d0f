package dev.whydunit.server;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/**
 * The work that nodes share, claimed by db-scheduler: what is put into it in a transaction is done by some node if that is
 * committed, and again by another if that node dies meanwhile. Work is one name and one id, and there once at most. Who is dead and
 * what is due is decided by the database's clock.
 */
final class WorkQueue implements Work, AutoCloseable {
    /** Does a piece of work. What it throws is tried again later; {@link Later} says when. */
    @FunctionalInterface
    interface Worker {
        void work(String id) throws Exception;
    }

    /** A kind of work. */
    record Kind(String name, Worker worker) {}

    /** A piece of work was laid down for any node to take up at once: this one is stopping. */
    static final class LaidDown extends RuntimeException {
        LaidDown(Throwable cause) {
            super("this node is stopping", cause);
        }
    }

    /** A piece of work is to be done at a later time: it went as it should, and there is more to it. */
    static final class Later extends RuntimeException {
        private final Instant at;

        Later(Instant at) {
            super("to be done at " + at, null, false, false);
            this.at = at;
        }

        Instant at() {
            return at;
        }
    }

    private static final Duration HEARTBEAT = Duration.ofMillis(2500);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration POLLING = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final byte[] AGAIN = {1};

    private final Database database;
    private final Optional<PostgresClaims> claims;
    private final JdbcCustomization dialect;
    private final Scheduler scheduler;

    /**
     * @param atOnce pieces of work that this node does at once
     * @param room how many more it can begin now
     */
    WorkQueue(
            Database database,
            String node,
            int atOnce,
            IntSupplier room,
            List<Kind> kinds,
            List<RecurringTask<Void>> recurring) {
        this.database = database;
        this.claims = database.isEmbedded() ? Optional.empty() : Optional.of(new PostgresClaims(room));
        this.dialect = claims.<JdbcCustomization>map(dialect -> dialect).orElseGet(SqliteTimes::new);
        var builder = Scheduler.create(
                        database.queueSource(),
                        kinds.stream().<Task<?>>map(this::task).toList())
                .startTasks(recurring)
                .clock(database.clock()::instant)
                .schedulerName(new SchedulerName.Fixed(node))
                .jdbcCustomization(dialect)
                .serializer(new TextSerializer())
                .threads(atOnce)
                .enablePriority()
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("work ", 0).factory()))
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(2));
        this.scheduler = (database.isEmbedded()
                        ? builder.pollUsingFetchAndLockOnExecute(0.5, 1.0)
                        : builder.pollUsingLockAndFetch(0.5, 1.0))
                .build();
    }

    private Task<Void> task(Kind kind) {
        return Tasks.custom(kind.name(), Void.class)
                .onFailure((complete, operations) -> operations.reschedule(complete, again(complete)))
                // db-scheduler's own handler would go by this machine's clock.
                .onDeadExecution((complete, operations) -> {
                    operations.reschedule(complete, complete.getTimeDone());
                    hurry();
                })
                .execute((instance, context) -> {
                    try {
                        kind.worker().work(instance.getId());
                    } catch (Later e) {
                        return (complete, operations) -> operations.reschedule(complete, e.at());
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(
                                kind.name() + " " + instance.getId() + ": " + e.getMessage(), e);
                    }
                    return (complete, operations) -> done(complete.getExecution());
                });
    }

    /** When work that failed is tried again. */
    private static Instant again(ExecutionComplete complete) {
        if (complete.getCause().orElse(null) instanceof LaidDown) {
            return complete.getTimeDone();
        }
        double millis = RETRY.toMillis() * Math.pow(1.5, complete.getExecution().consecutiveFailures);
        return complete.getTimeDone().plusMillis((long) Math.min(millis, LONGEST_RETRY.toMillis()));
    }

    /**
     * Takes work that was done out of the queue, or puts it back when it was asked for again meanwhile. Written together with what others
     * write and not waited for: were it lost, the work would be claimed once more and be found done.
     */
    private void done(Execution execution) {
        String kind = execution.taskInstance.getTaskName();
        String id = execution.taskInstance.getId();
        database.commits()
                .submit(connection -> {
                    int removed = 0;
                    try (PreparedStatement delete = connection.prepareStatement("delete from scheduled_tasks"
                            + " where task_name = ? and task_instance = ? and version = ? and task_data is null")) {
                        delete.setString(1, kind);
                        delete.setString(2, id);
                        delete.setLong(3, execution.version);
                        removed = delete.executeUpdate();
                    }
                    return removed == 0 && putBack(connection, kind, id, execution.version);
                })
                .thenAccept(again -> {
                    if (again) {
                        hurry();
                    }
                });
    }

    /** Whether it was asked for again: otherwise another node is in charge, and it is left alone. */
    private boolean putBack(Connection connection, String kind, String id, long version) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update scheduled_tasks set picked = ?, picked_by = null, last_heartbeat = null, task_data = null,"
                        + " execution_time = ?, consecutive_failures = 0, version = version + 1"
                        + " where task_name = ? and task_instance = ? and version = ?")) {
            update.setBoolean(1, false);
            dialect.setInstant(update, 2, database.clock().instant());
            update.setString(3, kind);
            update.setString(4, id);
            update.setLong(5, version);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Adds work in somebody's transaction. When it is there already and not begun, that is enough; when it is being done, it is done once
     * more afterwards, since it may have begun too early to see why it is asked for.
     */
    @Override
    public void addAll(Connection connection, String kind, Map<String, Instant> due, int priority) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, consecutive_failures, priority)"
                        + " values (?, ?, ?, ?, 1, 0, ?) on conflict (task_name, task_instance) do update set task_data = ?"
                        + " where scheduled_tasks.picked")) {
            for (Map.Entry<String, Instant> work : due.entrySet()) {
                insert.setString(1, kind);
                insert.setString(2, work.getKey());
                dialect.setInstant(insert, 3, work.getValue());
                insert.setBoolean(4, false);
                insert.setInt(5, priority);
                insert.setBytes(6, AGAIN);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void hurry() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** There is room for more work: claims it, when there may be any. */
    void room() {
        if (claims.map(PostgresClaims::more).orElse(false)) {
            hurry();
        }
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
