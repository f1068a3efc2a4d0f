package dev.whydunit.notification;

import dev.whydunit.engine.Event;
import dev.whydunit.report.Gist;
import dev.whydunit.report.PlainText;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes messages. */
public final class Messages {
    private final Optional<URI> publicUrl;

    /** @param publicUrl where people reach the server; empty when nobody said */
    public Messages(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * That an investigation has ended.
     *
     * @param id the investigation's
     * @param events from the first on
     * @param incident that it belongs to
     */
    public Message ended(String id, List<Event> events, Optional<String> incident) {
        Summary summary = SummaryFold.of(id, events);
        Gist gist = Gist.of(summary, events);
        Map<String, String> inputs = new TreeMap<>();
        summary.inputs().forEach((name, value) -> inputs.put(name, String.valueOf(value)));
        return new Message(
                Occasion.of(summary.verdict().status()).orElse(Occasion.INCONCLUSIVE),
                gist.subject(),
                PlainText.line(gist.verdict()),
                gist.probability(),
                gist.evidence(),
                gist.notChecked(),
                gist.next(),
                link(id),
                incident,
                Optional.of(id),
                summary.runbook(),
                summary.environment(),
                inputs,
                texts(summary.trigger().alert(), "labels"),
                texts(summary.trigger().alert(), "annotations"),
                summary.endedAt().orElse(summary.startedAt()));
    }

    /**
     * That an investigation could not begin.
     *
     * @param alert that it was to look into, as plain data; empty when there was none
     */
    public Message failed(
            String id,
            String runbook,
            String environment,
            Map<String, Object> alert,
            Optional<String> incident,
            String why,
            Instant at) {
        Map<String, String> labels = texts(alert, "labels");
        return new Message(
                Occasion.FAILED,
                labels.getOrDefault("alertname", runbook),
                PlainText.line("The investigation could not start: " + why),
                Optional.empty(),
                List.of(),
                List.of("everything: no step was run"),
                List.of("Correct what is said above, and start it again."),
                link(id),
                incident,
                Optional.of(id),
                runbook,
                environment,
                Map.of(),
                labels,
                texts(alert, "annotations"),
                at);
    }

    /** That a step waits for a person's leave, and until when. */
    public Message approval(
            String approval,
            String id,
            String step,
            String command,
            Instant expires,
            String runbook,
            String environment,
            Map<String, Object> alert,
            Optional<String> incident,
            Instant at) {
        return new Message(
                Occasion.APPROVAL,
                "step " + step + " of " + runbook,
                PlainText.line("It would do exactly this: " + command),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of("Approve or deny " + approval + " before " + expires.truncatedTo(ChronoUnit.SECONDS)
                        + "; unanswered, it is denied."),
                link(id),
                incident,
                Optional.of(id),
                runbook,
                environment,
                Map.of(),
                texts(alert, "labels"),
                texts(alert, "annotations"),
                at);
    }

    /** What a step of a runbook says. */
    public static Message ofStep(String subject, String text, Instant at) {
        return new Message(
                Occasion.STEP,
                subject,
                text,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                Map.of(),
                Map.of(),
                Map.of(),
                at);
    }

    /**
     * One like those that come, to try a channel with.
     *
     * @param pagerDutyIncident for a channel that writes notes: on which incident
     */
    public Message sample(Instant at, Optional<String> pagerDutyIncident) {
        Map<String, String> labels = new TreeMap<>(Map.of("alertname", "Test", "service", "shop"));
        pagerDutyIncident.ifPresent(id -> labels.put(Channel.PagerDuty.INCIDENT, id));
        return new Message(
                Occasion.TEST,
                "A test from whydunit: the shop is slow",
                "Why: One query reads far more rows than it returns (98.6 %). This is a test; nothing is wrong.",
                Optional.of(0.986),
                List.of(
                        "A statement that was not there before takes 1.9 s (×20)",
                        "Every request waits for the database (×12)",
                        "The host has processor time left (×3)"),
                List.of("wire: capturing needs CAP_NET_RAW"),
                List.of("Nothing: this message only shows that the channel works."),
                publicUrl.map(URI::toString),
                Optional.of("inc-0"),
                Optional.empty(),
                "test",
                "",
                Map.of("service", "shop"),
                labels,
                Map.of(),
                at);
    }

    private Optional<String> link(String id) {
        return publicUrl.map(base -> {
            String begin = base.toString();
            return (begin.endsWith("/") ? begin : begin + "/") + "investigations/" + id;
        });
    }

    private static Map<String, String> texts(Map<String, Object> alert, String part) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (alert.get(part) instanceof Map<?, ?> map) {
            new TreeMap<>(map).forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }
}
