package dev.whydunit.server;

import static dev.whydunit.store.Statements.select;
import static dev.whydunit.store.Statements.update;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.whydunit.config.ScheduleDefinition;
import dev.whydunit.running.Requested;
import dev.whydunit.running.Shelf;
import dev.whydunit.running.Work;
import dev.whydunit.store.Database;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runbooks that are run at set times: db-scheduler's recurring tasks, one a schedule, so that a time is heeded by one node. What fell
 * due while no node ran is made up for once.
 */
final class Schedules {
    private static final String PREFIX = "schedule:";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Map<String, ScheduleDefinition> definitions;
    private final Database database;

    private Optional<Wiring> wiring = Optional.empty();

    private record Wiring(WorkQueue queue, Investigations investigations) {}

    Schedules(Map<String, ScheduleDefinition> definitions, Database database) {
        this.definitions = new LinkedHashMap<>(definitions);
        this.database = database;
    }

    /** What it needs and what needs it: they are made one after the other. */
    void wire(WorkQueue queue, Investigations investigations) {
        wiring = Optional.of(new Wiring(queue, investigations));
    }

    /** What db-scheduler is to do. */
    List<RecurringTask<Void>> tasks() {
        List<RecurringTask<Void>> tasks = new ArrayList<>();
        for (ScheduleDefinition schedule : definitions.values()) {
            tasks.add(Tasks.recurring(PREFIX + schedule.name(), schedule.times())
                    .onFailure((complete, operations) -> operations.reschedule(
                            complete, complete.getTimeDone().plus(RETRY)))
                    .onDeadExecution((complete, operations) -> operations.reschedule(complete, complete.getTimeDone()))
                    .execute((instance, context) -> heed(schedule, context.getExecution().executionTime)));
        }
        return tasks;
    }

    /** Asks for the investigation, unless this very time was heeded before: a node may have died right after it. */
    private void heed(ScheduleDefinition schedule, Instant due) {
        Wiring wired = wiring.orElseThrow();
        Instant now = database.clock().instant();
        Requested requested = new Requested(schedule.runbook(), "schedule", Map.of(), schedule.inputs());
        database.commits()
                .submit(connection -> {
                    int first = update(
                            connection,
                            "insert into schedule_run (name, due, at, investigation) values (?, ?, ?, '')"
                                    + " on conflict (name) do update set due = excluded.due, at = excluded.at"
                                    + " where schedule_run.due < excluded.due",
                            schedule.name(),
                            due.toEpochMilli(),
                            now);
                    if (first != 1) {
                        return false;
                    }
                    String id = wired.investigations().request(connection, requested, Optional.empty(), now);
                    wired.queue().add(connection, Work.INVESTIGATE, id, now, Work.BY_SCHEDULE);
                    update(connection, "update schedule_run set investigation = ? where name = ?", id, schedule.name());
                    return true;
                })
                .join();
        wired.queue().hurry();
    }

    /** Forgets the schedules that the configuration has no more: nobody heeds them, and coming back they begin anew. */
    void forgetOthers() {
        List<String> known =
                definitions.keySet().stream().map(name -> PREFIX + name).toList();
        database.commits()
                .submit(connection -> {
                    List<String> stored = select(
                            connection,
                            row -> row.getString(1),
                            "select task_name from scheduled_tasks where task_name like '" + PREFIX + "%'");
                    int forgotten = 0;
                    for (String name : stored) {
                        if (!known.contains(name)) {
                            forgotten += update(connection, "delete from scheduled_tasks where task_name = ?", name);
                        }
                    }
                    return forgotten;
                })
                .join();
    }

    /** Each schedule, when it is due next and when it was heeded last. */
    List<Map<String, Object>> shown() throws SQLException {
        Instant now = database.clock().instant();
        Map<String, Map<String, String>> last = database.read(connection -> {
            Map<String, Map<String, String>> found = new LinkedHashMap<>();
            try (PreparedStatement statement =
                            connection.prepareStatement("select name, at, investigation from schedule_run");
                    var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), Map.of("at", rows.getString(2), "investigation", rows.getString(3)));
                }
            }
            return found;
        });
        List<Map<String, Object>> shown = new ArrayList<>();
        for (ScheduleDefinition schedule : definitions.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", schedule.name());
            one.put("runbook", schedule.runbook());
            one.put("cron", schedule.cron());
            one.put("zone", schedule.zone().getId());
            one.put("inputs", schedule.inputs());
            one.put(
                    "next",
                    schedule.times()
                            .getNextExecutionTime(ExecutionComplete.simulatedSuccess(now))
                            .toString());
            Optional<Map<String, String>> before = Optional.ofNullable(last.get(schedule.name()));
            one.put("last", before.map(run -> run.get("at")).orElse(null));
            one.put(
                    "lastInvestigation",
                    before.map(run -> run.get("investigation")).orElse(null));
            shown.add(one);
        }
        return shown;
    }

    /** What is wrong with a schedule for the runbooks that there are: a line for the operator. */
    Optional<String> problem(Shelf shelf) {
        for (ScheduleDefinition schedule : definitions.values()) {
            List<String> problems =
                    shelf.problems(new Requested(schedule.runbook(), "schedule", Map.of(), schedule.inputs()));
            if (!problems.isEmpty()) {
                return Optional.of(
                        schedule.position() + ": schedule '" + schedule.name() + "': " + String.join("; ", problems));
            }
        }
        return Optional.empty();
    }
}
