package dev.whydunit.cli;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    private final StepLines lines;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Optional<ScheduledExecutorService> redraw;
    private String leader = "";
    private boolean drawn;
    private int frame;

    private record Running(long since, String line) {}

    LiveProgress(Console console) {
        this.console = console;
        boolean color = console.errIsTerminal()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        this.lines = new StepLines(
                this::say,
                color,
                console.unicode(),
                () -> console.errIsTerminal() ? console.width() : Integer.MAX_VALUE);
        this.redraw = console.errIsTerminal()
                ? Optional.of(Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("progress").factory()))
                : Optional.empty();
        redraw.ifPresent(executor ->
                executor.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** It is gone on with: it began so. */
    void begun(Event.Started started) {
        lines.begun(started);
    }

    @Override
    public synchronized void event(Event event) {
        switch (event) {
            case Event.StepStarted started -> running.putIfAbsent(started.step(), new Running(System.nanoTime(), ""));
            case Event.StepEnded ended -> running.remove(ended.step());
            case Event.BeliefMoved moved -> leader = leading(moved.belief());
            default -> {}
        }
        lines.event(event);
    }

    @Override
    public synchronized void progress(String step, String line) {
        running.computeIfPresent(step, (id, state) -> new Running(state.since(), line));
    }

    private synchronized void say(String line) {
        erase();
        console.err().println(line);
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
