package dev.whydunit.authoring;

import java.util.List;
import java.util.Map;

/**
 * What a new runbook begins with.
 *
 * @param id of the runbook, snake_case
 * @param causes ids and claims, in order; at least one
 */
public record Draft(
        String id, String title, String symptom, List<Map.Entry<String, String>> causes, Template template) {
    /** Where the first steps look. */
    public enum Template {
        /** Commands on a host. */
        COMMAND,
        /** Log queries. */
        LOGS,
        /** Metrics. */
        METRICS
    }

    /** Keeps its own copy of the causes. */
    public Draft {
        causes = List.copyOf(causes);
    }

    /** The runbook: two steps, each with a finding for each cause, and comments that say what to write next. */
    public String runbook() {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# yaml-language-server: $schema=").append(SCHEMA_FILE).append('\n');
        yaml.append("runbook: ").append(id).append('\n');
        yaml.append("title: ").append(quoted(title)).append('\n');
        yaml.append("about: ")
                .append(quoted("For whoever is called when this happens: " + title))
                .append('\n');
        yaml.append("version: 0.1.0\n");
        yaml.append("symptom: ").append(quoted(symptom)).append("\n\n");
        yaml.append("# The causes that this runbook knows. Write under why: what may be behind one of them.\n");
        yaml.append("hypotheses:\n");
        causes.forEach(cause -> yaml.append("  ")
                .append(cause.getKey())
                .append(":\n    claim: ")
                .append(quoted(cause.getValue()))
                .append("\n    remedy: ")
                .append(quoted("Write here what to do when this is the cause."))
                .append('\n'));
        yaml.append("\n# Two steps look at different things, since a verdict needs two signals that agree.\n");
        yaml.append("# Next: put in your own commands and queries, and in when: what they show for each cause.\n");
        yaml.append("steps:\n");
        DraftStep.of(template).forEach(step -> step.write(yaml, causes));
        return yaml.toString();
    }

    /** Its first case: the first cause shows itself in both steps. Next comes one for each other cause. */
    public String firstCase() {
        Map.Entry<String, String> cause = causes.getFirst();
        StringBuilder yaml =
                new StringBuilder("case: ").append(quoted(cause.getValue())).append('\n');
        yaml.append("# What the steps see. Next: a case for each other cause, and one in which all is well.\n");
        yaml.append("observations:\n");
        DraftStep.of(template)
                .forEach(step -> yaml.append("  ")
                        .append(step.id())
                        .append(": {result: ")
                        .append(step.shows(cause.getKey()))
                        .append("}\n"));
        yaml.append("expect:\n  verdict: concluded\n  path: ")
                .append(cause.getKey())
                .append('\n');
        return yaml.toString();
    }

    /** The name of the file with the JSON Schema, beside the runbook. */
    public static final String SCHEMA_FILE = "runbook-v1.json";

    /** In single quotes, on one line: everything in it stands for itself. */
    static String quoted(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return "'" + line.toString().strip().replace("'", "''") + "'";
    }
}
