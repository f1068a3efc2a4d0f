package dev.whydunit.cli;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Event.FindingRead;
import dev.whydunit.engine.Event.StepEnded;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.PlainText;
import dev.whydunit.report.Sparkline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Puts a running investigation into lines: one per step as it ends, with what it found, and a small chart where it has points.
 * Thread-safe.
 */
public final class StepLines implements Watcher {
    /** Where the lines go. */
    public interface Sink {
        /** @param line of which no control character reaches the terminal but those that colour the mark */
        void line(String line);
    }

    private final Sink sink;
    private final boolean color;
    private final boolean unicode;
    private final IntSupplier width;
    private final Map<String, List<String>> findings = new HashMap<>();
    private final Map<String, Set<String>> unread = new HashMap<>();
    private final Map<String, List<StepEnded>> ended = new HashMap<>();
    private final Map<String, List<FindingRead>> found = new HashMap<>();

    /** What a line says at a glance; the text says it too. */
    private enum Mark {
        SYMPTOM("?", "?", "1"),
        FOUND("*", "●", "33"),
        USUAL("+", "✓", "32"),
        UNSEEN("x", "✗", "31"),
        NOT_RUN("-", "–", "2"),
        PERSON(">", "›", "36");

        private final String ascii;
        private final String unicode;
        private final String ansi;

        Mark(String ascii, String unicode, String ansi) {
            this.ascii = ascii;
            this.unicode = unicode;
            this.ansi = ansi;
        }
    }

    /**
     * @param color whether marks may be coloured; the text says it too
     * @param width in columns; longer lines are cut
     */
    public StepLines(Sink sink, boolean color, boolean unicode, IntSupplier width) {
        this.sink = sink;
        this.color = color;
        this.unicode = unicode;
        this.width = width;
    }

    @Override
    public synchronized void event(Event event) {
        switch (event) {
            case Event.Started started -> {
                begun(started);
                say(Mark.SYMPTOM, started.symptom());
            }
            case StepEnded ended -> {
                this.ended
                        .computeIfAbsent(ended.step(), step -> new ArrayList<>())
                        .add(ended);
                sayWhenRead(ended.step());
            }
            case FindingRead read -> {
                read(read.step()).remove(read.finding());
                if (read.outcome().equals("true")) {
                    found.computeIfAbsent(read.step(), step -> new ArrayList<>())
                            .add(read);
                }
                sayWhenRead(read.step());
            }
            case Event.StepNotRun notRun -> {
                if (notRun.status() != StepStatus.NOT_NEEDED) {
                    say(Mark.NOT_RUN, pad(notRun.step()) + "          not run: " + notRun.why());
                }
            }
            case Event.Resumed resumed -> {
                for (String step : resumed.again()) {
                    found.remove(step);
                    unread.put(step, new HashSet<>(findings.getOrDefault(step, List.of())));
                }
            }
            case Event.Noted noted -> say(Mark.PERSON, noted.by() + ": " + noted.text());
            case Event.RuledOut out ->
                say(Mark.PERSON, out.by() + " ruled out " + out.hypothesis() + ": " + out.because());
            case Event.Confirmed confirmed -> say(Mark.PERSON, confirmed.by() + " confirmed " + confirmed.hypothesis());
            case Event.StepStarted started -> {}
            case Event.BeliefMoved moved -> {}
            case Event.StepChosen chosen -> {}
            case Event.Judged judged -> {}
            case Event.Approval approval -> {}
            case Event.ApprovalWithdrawn withdrawn -> {}
            case Event.Ended end -> {}
        }
    }

    /** What the runbook's steps find; an investigation that is gone on with begins before what is watched. */
    public synchronized void begun(Event.Started started) {
        started.runbook().steps().forEach(step -> {
            findings.put(step.id(), step.findings());
            unread.put(step.id(), new HashSet<>(step.findings()));
        });
    }

    @Override
    public void progress(String step, String line) {
        // How it is going is no line of its own.
    }

    private Set<String> read(String step) {
        return unread.computeIfAbsent(step, id -> new HashSet<>());
    }

    /** A line for each target of a step, once all of the step's findings are known; without findings, at once. */
    private void sayWhenRead(String step) {
        if (!read(step).isEmpty()) {
            return;
        }
        List<StepEnded> targets = Objects.requireNonNullElse(ended.remove(step), List.of());
        List<FindingRead> said = found.getOrDefault(step, List.of());
        for (StepEnded target : targets) {
            List<String> here = said.stream()
                    .filter(finding -> finding.target().equals(target.target()))
                    .map(FindingRead::says)
                    .toList();
            say(target, here);
        }
    }

    private void say(StepEnded ended, List<String> said) {
        String target = ended.target().map(name -> " (" + name + ")").orElse("");
        String seconds = BigDecimal.valueOf(ended.seconds())
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
        Mark mark;
        String text;
        if (ended.status() != StepStatus.ENDED) {
            mark = Mark.UNSEEN;
            text = "not checked: " + ended.error().orElse("");
        } else if (!said.isEmpty()) {
            mark = Mark.FOUND;
            text = said.getFirst();
        } else {
            mark = Mark.USUAL;
            text = "";
        }
        say(
                mark,
                pad(ended.step() + target) + " ".repeat(Math.max(0, 6 - seconds.length())) + seconds + " s  "
                        + chart(ended.result()) + text);
        for (String more : said.subList(Math.min(1, said.size()), said.size())) {
            say(Mark.FOUND, pad("") + " ".repeat(10) + more);
        }
    }

    private static String pad(String step) {
        return step + " ".repeat(Math.max(0, 20 - step.length()));
    }

    /** A line: the mark, coloured where colours are, then text of which no control character reaches the terminal. */
    private void say(Mark mark, String text) {
        String sign = unicode ? mark.unicode : mark.ascii;
        String shown = color ? "\u001b[" + mark.ansi + "m" + sign + "\u001b[0m" : sign;
        String safe = PlainText.forTerminal(text);
        int most = width.getAsInt() - sign.length() - 1;
        sink.line((shown + " " + (safe.length() <= most ? safe : safe.substring(0, most - 1) + (unicode ? "…" : "~")))
                .stripTrailing());
    }

    /** The main series of a metric as small bars, lowest to highest; empty when there are no points. */
    private String chart(Map<String, Object> result) {
        List<Double> values = new ArrayList<>();
        if (result.get("points") instanceof List<?> points) {
            for (Object point : points) {
                if (point instanceof Map<?, ?> fields && fields.get("value") instanceof Number number) {
                    values.add(number.doubleValue());
                }
            }
        }
        String chart = Sparkline.chart(values, unicode);
        return chart.isEmpty() ? "" : chart + "  ";
    }
}
