package dev.whydunit.cli;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Event.BeliefMoved;
import dev.whydunit.engine.Event.FindingRead;
import dev.whydunit.engine.Event.StepEnded;
import dev.whydunit.engine.Event.StepNotRun;
import dev.whydunit.engine.Event.StepStarted;
import dev.whydunit.engine.StepStatus;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.PlainText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows a running investigation on standard error: a line per step as it ends, with what it found, and, on a terminal, one
 * line at the bottom that says what is running and which cause leads.
 */
final class LiveProgress implements Watcher, AutoCloseable {
    private static final long REDRAW_MILLIS = 120;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String ASCII_SPINNER = "|/-\\";

    private final Console console;
    private final boolean color;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Set<String>> unread = new HashMap<>();
    private final Map<String, List<StepEnded>> ended = new HashMap<>();
    private final Map<String, List<FindingRead>> found = new HashMap<>();
    private final Optional<ScheduledExecutorService> redraw;
    private String leader = "";
    private boolean drawn;
    private int frame;

    private record Running(long since, String line) {}

    /** What a line says at a glance; the text says it too. */
    private enum Mark {
        SYMPTOM("?", "?", "1"),
        FOUND("*", "●", "33"),
        USUAL("+", "✓", "32"),
        UNSEEN("x", "✗", "31"),
        NOT_RUN("-", "–", "2");

        private final String ascii;
        private final String unicode;
        private final String ansi;

        Mark(String ascii, String unicode, String ansi) {
            this.ascii = ascii;
            this.unicode = unicode;
            this.ansi = ansi;
        }
    }

    LiveProgress(Console console) {
        this.console = console;
        this.color = console.errIsTerminal()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        this.redraw = console.errIsTerminal()
                ? Optional.of(Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("progress").factory()))
                : Optional.empty();
        redraw.ifPresent(executor ->
                executor.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Override
    public synchronized void event(Event event) {
        switch (event) {
            case Event.Started started -> {
                started.runbook().steps().forEach(step -> unread.put(step.id(), new HashSet<>(step.findings())));
                say(Mark.SYMPTOM, started.symptom());
            }
            case StepStarted started -> running.putIfAbsent(started.step(), new Running(System.nanoTime(), ""));
            case StepEnded ended -> {
                running.remove(ended.step());
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
            case BeliefMoved moved -> leader = leading(moved.belief());
            case StepNotRun notRun -> {
                if (notRun.status() != StepStatus.NOT_NEEDED) {
                    say(Mark.NOT_RUN, pad(notRun.step()) + "          not run: " + notRun.why());
                }
            }
            case Event.StepChosen chosen -> {}
            case Event.Judged judged -> {}
            case Event.Approval approval -> {}
            case Event.Resumed resumed -> {}
            case Event.ByPerson said -> {}
            case Event.Ended end -> {}
        }
    }

    private Set<String> read(String step) {
        return unread.computeIfAbsent(step, id -> new HashSet<>());
    }

    @Override
    public synchronized void progress(String step, String line) {
        running.computeIfPresent(step, (id, state) -> new Running(state.since(), line));
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
        say(mark, pad(ended.step() + target) + " ".repeat(Math.max(0, 6 - seconds.length())) + seconds + " s  " + text);
        for (String more : said.subList(Math.min(1, said.size()), said.size())) {
            say(Mark.FOUND, pad("") + " ".repeat(10) + more);
        }
    }

    private static String pad(String step) {
        return step + " ".repeat(Math.max(0, 20 - step.length()));
    }

    /** A line: the mark, coloured where colours are, then text of which no control character reaches the terminal. */
    private void say(Mark mark, String text) {
        erase();
        String sign = console.unicode() ? mark.unicode : mark.ascii;
        String shown = color ? "\u001b[" + mark.ansi + "m" + sign + "\u001b[0m" : sign;
        String safe = PlainText.forTerminal(text);
        int most = console.errIsTerminal() ? console.width() - sign.length() - 1 : Integer.MAX_VALUE;
        console.err()
                .println((shown + " "
                                + (safe.length() <= most
                                        ? safe
                                        : safe.substring(0, most - 1) + (console.unicode() ? "…" : "~")))
                        .stripTrailing());
    }

    private synchronized void draw() {
        if (running.isEmpty()) {
            erase();
            return;
        }
        String frames = console.unicode() ? SPINNER : ASCII_SPINNER;
        StringBuilder line = new StringBuilder().append(frames.charAt(frame++ % frames.length()));
        running.forEach((step, state) -> {
            long tenths = (System.nanoTime() - state.since()) / 100_000_000;
            line.append(' ')
                    .append(step)
                    .append(' ')
                    .append(tenths / 10)
                    .append('.')
                    .append(tenths % 10)
                    .append(" s");
            if (!state.line().isEmpty()) {
                line.append(" (").append(state.line()).append(')');
            }
            line.append(console.unicode() ? " ·" : " |");
        });
        line.append(' ').append(leader);
        String safe = PlainText.forTerminal(line.toString());
        int most = console.width() - 1;
        console.err().print("\r\u001b[K" + (safe.length() > most ? safe.substring(0, most) : safe));
        console.err().flush();
        drawn = true;
    }

    private void erase() {
        if (drawn) {
            console.err().print("\r\u001b[K");
            drawn = false;
        }
    }

    private static String leading(Map<String, Double> belief) {
        return belief.entrySet().stream()
                .filter(entry ->
                        entry.getKey().indexOf('.') < 0 && !entry.getKey().equals("other"))
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + " " + PlainText.percent(entry.getValue()))
                .orElse("");
    }

    @Override
    public void close() {
        redraw.ifPresent(ScheduledExecutorService::shutdownNow);
        synchronized (this) {
            erase();
        }
    }
}
