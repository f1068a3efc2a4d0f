package dev.whydunit.report;

import dev.whydunit.engine.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything that happened in an investigation, one line an event. */
public final class Timeline {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Timeline() {}

    /** Below this width seconds since the start are left out. */
    private static final int WITH_SECONDS = 60;

    /** So many columns a clock takes. */
    private static final int CLOCK = 12;

    private static final int NARROW_CLOCK = 8;

    /** Queries of many lines are for the step's own screen. */
    private static final int MOST_CHARACTERS = 300;

    /**
     * As text: when, in UTC and, where that differs, in the reader's zone beside it, how long after the start, and what happened.
     *
     * @param events from the first on
     * @param zone the reader's
     */
    public static String text(List<Event> events, TextStyle style, ZoneId zone) {
        Screen screen = new Screen(style);
        Instant begun = events.isEmpty() ? Instant.EPOCH : events.getFirst().at();
        ZoneOffset offset = zone.getRules().getOffset(begun);
        boolean local = offset.getTotalSeconds() != 0;
        boolean withSeconds = style.width() >= WITH_SECONDS;
        String head = Columns.padded("UTC", withSeconds ? CLOCK : NARROW_CLOCK) + "  "
                + (local ? Columns.padded(offset.getId(), 8) + "  " : "") + (withSeconds ? "  since start  " : "");
        screen.line(screen.painted(head + "what happened", Colour.DIM));
        Optional<LocalDate> day = Optional.empty();
        for (Event event : events) {
            LocalDateTime utc = LocalDateTime.ofInstant(event.at(), ZoneOffset.UTC);
            if (!day.equals(Optional.of(utc.toLocalDate()))) {
                day = Optional.of(utc.toLocalDate());
                screen.line(screen.painted(utc.toLocalDate().toString(), Colour.BOLD));
            }
            double seconds = Duration.between(begun, event.at()).toNanos() / 1e9;
            screen.paragraph(
                    (withSeconds ? MILLIS : SECONDS).format(utc) + "  "
                            + (local ? SECONDS.format(event.at().atOffset(offset)) + "  " : "")
                            + (withSeconds ? String.format(Locale.ROOT, "%11.3f s  ", seconds) : ""),
                    Columns.cut(line(event).replace("\n", " "), MOST_CHARACTERS, screen.mark()),
                    Colour.NONE);
        }
        return screen.text();
    }

    /** One event in one line, without its time. Not yet escaped for any screen. */
    public static String line(Event event) {
        return switch (event) {
            case Event.Started started ->
                "started " + started.runbook().id() + " " + started.runbook().version() + " at " + started.at() + " by "
                        + started.trigger().kind() + ", inputs " + started.inputs();
            case Event.StepChosen chosen -> "next: " + chosen.step() + ", " + chosen.why();
            case Event.StepStarted started ->
                "step " + started.step() + target(started.target().orElse(""))
                        + (started.attempt() > 1 ? ", attempt " + started.attempt() : "") + ": " + started.query();
            case Event.StepEnded ended ->
                "step " + ended.step() + target(ended.target().orElse("")) + " "
                        + ended.status().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + String.format(Locale.ROOT, " after %.3f s", ended.seconds())
                        + ended.error().map(error -> ": " + error).orElse("")
                        + ended.caveats().stream()
                                .map(caveat -> "; caveat: " + caveat)
                                .collect(Collectors.joining());
            case Event.StepNotRun notRun ->
                "step " + notRun.step() + " "
                        + notRun.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + notRun.why();
            case Event.FindingRead read ->
                "finding " + read.step() + "." + read.finding() + " is " + read.outcome() + ": " + read.says()
                        + (read.moved().isEmpty() ? "" : "; moves " + moved(read.moved()));
            case Event.BeliefMoved moved -> "belief: " + belief(moved.belief());
            case Event.Approval approval ->
                "approval of step " + approval.step() + (approval.granted() ? " granted by " : " refused by ")
                        + approval.by() + ": " + approval.command();
            case Event.ApprovalWithdrawn withdrawn ->
                "question of step " + withdrawn.step() + " withdrawn, " + withdrawn.why() + ": " + withdrawn.command();
            case Event.Judged judged ->
                "verdict: " + judged.verdict().status().replace('_', ' ')
                        + (judged.verdict().path().isEmpty()
                                ? ""
                                : " " + String.join(" > ", judged.verdict().path()) + ", "
                                        + PlainText.percent(judged.verdict().probability()));
            case Event.Resumed resumed ->
                "gone on with"
                        + (resumed.again().isEmpty() ? "" : "; looked at again: " + String.join(", ", resumed.again()))
                        + (resumed.left().isEmpty() ? "" : "; left to a person: " + String.join(", ", resumed.left()));
            case Event.Noted noted -> noted.by() + " noted: " + noted.text();
            case Event.RuledOut ruledOut ->
                ruledOut.by() + " ruled out " + ruledOut.hypothesis() + ": " + ruledOut.because() + "; moves "
                        + moved(ruledOut.moved());
            case Event.Confirmed confirmed ->
                confirmed.by() + " confirmed " + confirmed.hypothesis()
                        + (confirmed.because().isEmpty() ? "" : ": " + confirmed.because());
            case Event.Ended ended -> "ended: " + ended.ending().replace('_', ' ');
        };
    }

    private static String target(String target) {
        return target.isEmpty() ? "" : " (" + target + ")";
    }

    private static String moved(Map<String, Double> moved) {
        return moved.entrySet().stream()
                .map(entry -> entry.getKey() + String.format(Locale.ROOT, " %+.2f", entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String belief(Map<String, Double> belief) {
        return belief.entrySet().stream()
                .filter(entry -> entry.getKey().indexOf('.') < 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " " + PlainText.percent(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
