package dev.whydunit.config;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import dev.whydunit.yaml.Position;
import java.time.ZoneId;
import java.util.Map;

/**
 * A runbook that is run at set times.
 *
 * @param runbook its id
 * @param cron when, as five fields: minute, hour, day of the month, month, day of the week
 * @param zone in which that is meant
 * @param inputs as given on the command line
 */
public record ScheduleDefinition(
        String name,
        String runbook,
        String cron,
        ZoneId zone,
        CronSchedule times,
        Map<String, String> inputs,
        Position position) {
    /** Keeps its own copy. */
    public ScheduleDefinition {
        inputs = Map.copyOf(inputs);
    }
}
