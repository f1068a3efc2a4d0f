package dev.whydunit.notification;

import dev.whydunit.report.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is told, before it is written for anybody: bounded in size, its texts as they came. What a channel makes of it is data there,
 * whatever it holds. Stored as JSON.
 *
 * @param title what it is about, in one line
 * @param verdict what is known, one to three sentences; what a step says may have several lines
 * @param probability of the verdict or of what is most likely, never 0 or 1; empty when nothing has one
 * @param evidence the strongest findings in favour, the strongest first
 * @param notChecked what could not be looked at, and why
 * @param next what to do or to look at, the first first
 * @param link to the investigation; empty when the configuration does not say where people reach the server
 * @param incident such as {@code inc-42}; empty when it belongs to none
 * @param investigation its id; empty when there is none
 * @param inputs of the investigation, as texts
 * @param labels of the alert that began it; empty when none did
 * @param annotations likewise
 */
public record Message(
        Occasion occasion,
        String title,
        String verdict,
        Optional<Double> probability,
        List<String> evidence,
        List<String> notChecked,
        List<String> next,
        Optional<String> link,
        Optional<String> incident,
        Optional<String> investigation,
        String runbook,
        String environment,
        Map<String, String> inputs,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant at) {
    private static final double LEAST = 0.0001;
    private static final int TITLE = 200;
    private static final int SENTENCES = 2_000;
    private static final int LINE = 500;
    private static final int NAME = 200;
    private static final int MOST_LINES = 10;
    private static final int MOST_ENTRIES = 50;

    /** Keeps its own copies, cut to what a message may hold; what was cut ends with an ellipsis or is counted. */
    public Message {
        title = Cut.chars(PlainText.line(title), TITLE);
        verdict = Cut.chars(verdict, SENTENCES);
        probability = probability.map(sure -> Math.clamp(sure, LEAST, 1 - LEAST));
        evidence = Cut.lines(evidence, MOST_LINES, LINE);
        notChecked = Cut.lines(notChecked, MOST_LINES, LINE);
        next = Cut.lines(next, MOST_LINES, LINE);
        inputs = Cut.entries(inputs, MOST_ENTRIES, NAME, LINE);
        labels = Cut.entries(labels, MOST_ENTRIES, NAME, LINE);
        annotations = Cut.entries(annotations, MOST_ENTRIES, NAME, LINE);
    }

    /** With fewer and shorter lines, for a service that takes less. */
    Message shortened(int lines, int chars) {
        return new Message(
                occasion,
                title,
                Cut.chars(verdict, 2 * chars),
                probability,
                Cut.lines(evidence, lines, chars),
                Cut.lines(notChecked, lines, chars),
                Cut.lines(next, lines, chars),
                link,
                incident,
                investigation,
                runbook,
                environment,
                inputs,
                labels,
                annotations,
                at);
    }

    /** The name in a sentence for somebody who looks at a subject line. */
    String headline() {
        return switch (occasion) {
            case CONCLUDED -> "Cause found: " + title;
            case NARROWED -> "Cause narrowed down: " + title;
            case INCONCLUSIVE -> "No cause found yet: " + title;
            case SYMPTOM_ABSENT -> "Nothing wrong now: " + title;
            case FAILED -> "Not investigated: " + title;
            case APPROVAL -> "Waits for approval: " + title;
            case STEP, TEST -> title;
        };
    }

    /** What it belongs to, in one line: incident, investigation, runbook, environment; empty when it belongs to nothing. */
    String about() {
        StringBuilder about = new StringBuilder();
        incident.ifPresent(id -> about.append("incident ").append(id));
        investigation.ifPresent(id -> about.append(about.isEmpty() ? "" : ", ")
                .append("investigation ")
                .append(id));
        if (!runbook.isEmpty()) {
            about.append(about.isEmpty() ? "" : ", ").append("runbook ").append(runbook);
        }
        if (!environment.isEmpty()) {
            about.append(about.isEmpty() ? "" : ", ").append("environment ").append(environment);
        }
        return about.toString();
    }
}
