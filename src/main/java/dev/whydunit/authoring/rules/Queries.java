package dev.whydunit.authoring.rules;

import dev.whydunit.runbook.Step;
import dev.whydunit.schema.Durations;
import dev.whydunit.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Queries that ask for everything. */
final class Queries implements Check {
    private static final Pattern BOUNDED = Pattern.compile(
            "\\b(where|limit|fetch|group|having|top)\\b|\\b(count|sum|min|max|avg|exists|show|pg_[a-z_]+)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FROM = Pattern.compile("\\bfrom\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern EVERYTHING = Pattern.compile("\\s*(\\*|\\*:\\*|message:\\*|_exists_:message)?\\s*");
    private static final Duration LONG = Duration.ofDays(7);

    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            for (Step step : runbook.steps().values()) {
                switch (step.kind().name()) {
                    case "sql_query" -> Subject.textOf(step, "query").ifPresent(query -> sql(query, remarks));
                    case "log_query" -> log(subject, step, remarks);
                    default -> {}
                }
            }
        });
    }

    private static void sql(YamlNode.Scalar query, Remarks remarks) {
        String text = query.text();
        if (FROM.matcher(text).find() && !BOUNDED.matcher(text).find()) {
            remarks.add(
                    "W111",
                    query,
                    "this statement reads whole tables: it has no where, no limit and no aggregate",
                    "add a condition, an aggregate, or limit 100; the step's own limit cuts only what is kept");
        }
    }

    private static void log(Subject subject, Step step, Remarks remarks) {
        Subject.textOf(step, "query")
                .filter(query -> EVERYTHING.matcher(query.text()).matches())
                .ifPresent(query -> remarks.add(
                        "W112",
                        query,
                        "this query matches every event of every service",
                        "name a service or a level: service.name:${{ inputs.service }} AND log.level:ERROR"));
        Optional<YamlNode.Scalar> over = Subject.textOf(step, "over");
        over.filter(text -> Durations.parse(text.text())
                        .filter(duration -> duration.compareTo(LONG) > 0)
                        .isPresent())
                .ifPresent(text -> remarks.add(
                        "W112",
                        text,
                        "a window of " + text.text() + " of logs is read at every run",
                        "an incident's window is minutes or hours; look for changes with change_query"));
    }
}
