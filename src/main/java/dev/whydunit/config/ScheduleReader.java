package dev.whydunit.config;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import dev.whydunit.schema.About;
import dev.whydunit.schema.Default;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.PlainValues;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code schedules:}. */
final class ScheduleReader {
    private static final int FIELDS = 5;
    private static final int LONGEST_NAME = 60;

    @About("A runbook that is run at set times.")
    record Document(
            @About(value = "The id of the runbook.", example = "slow_host")
            String runbook,

            @About(value = "When: minute, hour, day of the month, month, day of the week.", example = "0 3 * * *")
            YamlNode.Scalar cron,

            @About(value = "The time zone in which that is meant.", example = "Europe/Berlin")
            Optional<YamlNode.Scalar> zone,

            @About("The environment that it is for; left out: whichever the server runs.")
            Optional<String> environment,

            @About("What the runbook asks for.") @Default("{}")
            YamlNode.Mapping inputs) {}

    private final Problems problems;
    private final String environment;

    ScheduleReader(Problems problems, String environment) {
        this.problems = problems;
        this.environment = environment;
    }

    /** Those that are for this environment, by name. All are checked. */
    Map<String, ScheduleDefinition> read(List<Keyed<Document>> entries) {
        Map<String, ScheduleDefinition> schedules = new LinkedHashMap<>();
        for (Keyed<Document> entry : entries) {
            Document document = entry.value();
            if (entry.name().length() > LONGEST_NAME || !entry.name().matches("[a-zA-Z0-9_-]+")) {
                problems.add(
                        "E631",
                        entry.key(),
                        "a schedule is named with up to " + LONGEST_NAME + " letters, digits, '_' and '-'",
                        "");
                continue;
            }
            Optional<ZoneId> zone = zone(document);
            Optional<CronSchedule> times = zone.flatMap(in -> times(document.cron(), in));
            boolean here = document.environment().map(environment::equals).orElse(true);
            if (times.isPresent() && here) {
                schedules.put(
                        entry.name(),
                        new ScheduleDefinition(
                                entry.name(),
                                document.runbook(),
                                document.cron().text(),
                                zone.get(),
                                times.get(),
                                inputs(document.inputs()),
                                entry.key().position()));
            }
        }
        return schedules;
    }

    private Optional<ZoneId> zone(Document document) {
        if (document.zone().isEmpty()) {
            return Optional.of(ZoneId.of("UTC"));
        }
        try {
            return Optional.of(ZoneId.of(document.zone().get().text()));
        } catch (DateTimeException e) {
            problems.add(
                    "E632",
                    document.zone().get(),
                    "there is no time zone '" + document.zone().get().text() + "'",
                    "write it as the time zone database does, such as Europe/Berlin; UTC when it is left out");
            return Optional.empty();
        }
    }

    private Optional<CronSchedule> times(YamlNode.Scalar cron, ZoneId zone) {
        String why = "it has " + cron.text().strip().split("\\s+").length + " fields";
        if (cron.text().strip().split("\\s+").length == FIELDS) {
            try {
                return Optional.of(new CronSchedule(cron.text().strip(), zone, CronStyle.UNIX));
            } catch (IllegalArgumentException e) {
                why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            }
        }
        problems.add(
                "E631",
                cron,
                "'" + cron.text() + "' is no cron expression: " + why,
                "write minute, hour, day of the month, month, day of the week, such as '*/15 8-18 * * 1-5'");
        return Optional.empty();
    }

    private static Map<String, String> inputs(YamlNode.Mapping written) {
        Map<String, String> inputs = new TreeMap<>();
        for (YamlNode.Entry entry : written.entries()) {
            inputs.put(
                    entry.name(),
                    entry.value() instanceof YamlNode.Scalar scalar
                            ? scalar.text()
                            : String.valueOf(PlainValues.of(entry.value())));
        }
        return inputs;
    }
}
