package dev.whydunit.authoring;

import java.util.List;
import java.util.Map;

/**
 * A step of a new runbook.
 *
 * @param action its kind with its parameters
 * @param when a condition in which %s stands for the sign of a cause
 * @param result a result in which that condition is true
 */
record DraftStep(String id, String title, String hint, String action, String when, String result) {
    private static final DraftStep COMMAND = new DraftStep(
            "first_look",
            "What does the host say?",
            "an argv list; host_command takes script: too",
            "host_command: {run: [uptime]}",
            "stdout.contains(\"%s\")",
            "{stdout: '%s'}");
    private static final DraftStep SECOND = new DraftStep(
            "second_look",
            "Does a second source agree?",
            "another command, or another kind of step (docs/steps)",
            "host_command: {run: [cat, /proc/loadavg]}",
            "stdout.contains(\"%s\")",
            "{stdout: '%s'}");
    private static final DraftStep LOGS = new DraftStep(
            "first_look",
            "What do the logs say?",
            "Lucene syntax; what is not a field is looked for in the message",
            "log_query: {query: 'log.level:ERROR', over: 15m}",
            "patterns.exists(p, p.text.contains(\"%s\"))",
            "{count: 12, patterns: [{text: '%s', count: 12}]}");
    private static final DraftStep METRICS = new DraftStep(
            "first_look",
            "What do the metrics say?",
            "PromQL",
            "metric_check: {query: 'sum by (reason) (rate(errors_total[5m]))', over: 15m}",
            "series.exists(s, \"reason\" in s.labels && s.labels[\"reason\"] == \"%s\" && s.last > 0.0)",
            "{series: [{labels: {reason: '%s'}, last: 0.5}]}");

    static List<DraftStep> of(Draft.Template template) {
        return switch (template) {
            case COMMAND -> List.of(COMMAND, SECOND);
            case LOGS -> List.of(LOGS, SECOND);
            case METRICS -> List.of(METRICS, SECOND);
        };
    }

    void write(StringBuilder yaml, List<Map.Entry<String, String>> causes) {
        yaml.append("  ").append(id).append(":\n");
        yaml.append("    title: ").append(Draft.quoted(title)).append('\n');
        yaml.append("    # Next: ").append(hint).append(".\n");
        yaml.append("    ").append(action).append('\n');
        yaml.append("    findings:\n");
        for (Map.Entry<String, String> cause : causes) {
            yaml.append("      ").append(cause.getKey()).append(":\n");
            yaml.append("        when: ")
                    .append(Draft.quoted(when.formatted(sign(cause.getKey()))))
                    .append('\n');
            yaml.append("        says: ")
                    .append(Draft.quoted(title.replace("?", "") + ": " + sign(cause.getKey())))
                    .append('\n');
            yaml.append("        supports: {").append(cause.getKey()).append(": strong}\n");
        }
    }

    /** A result that shows the cause. */
    String shows(String cause) {
        return result.formatted(sign(cause));
    }

    private static String sign(String cause) {
        return cause.replace('_', ' ');
    }
}
