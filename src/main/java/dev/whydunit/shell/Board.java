package dev.whydunit.shell;

import dev.whydunit.cli.StepLines;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** One running investigation on the screen: its lines go above the prompt, what runs now and which causes lead stand below it. Thread-safe. */
final class Board implements Watcher {
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String ASCII_SPINNER = "|/-\\";
    private static final int LEADERS = 3;
    private static final int BAR = 10;
    /** A change of probability that is worth an arrow. */
    private static final double MOVED = 0.005;

    private final String id;
    private final String runbook;
    private final boolean unicode;
    private final StepLines lines;
    private final long since = System.nanoTime();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private Map<String, Double> before = Map.of();
    private Map<String, Double> belief = Map.of();
    private int frame;

    private record Running(long since, String line) {}

    Board(String id, String runbook, StepLines lines, boolean unicode) {
        this.id = id;
        this.runbook = runbook;
        this.lines = lines;
        this.unicode = unicode;
    }

    void begun(Event.Started started) {
        lines.begun(started);
    }

    @Override
    public synchronized void event(Event event) {
        switch (event) {
            case Event.StepStarted started -> running.putIfAbsent(started.step(), new Running(System.nanoTime(), ""));
            case Event.StepEnded ended -> running.remove(ended.step());
            case Event.StepNotRun notRun -> running.remove(notRun.step());
            case Event.BeliefMoved moved -> {
                before = belief;
                belief = moved.belief();
            }
            default -> {}
        }
        lines.event(event);
    }

    @Override
    public synchronized void progress(String step, String line) {
        running.computeIfPresent(step, (one, state) -> new Running(state.since(), line));
    }

    /** What runs now and for how long; below it the hypotheses that lead. Two lines, cut by whoever draws them. */
    synchronized List<AttributedStringBuilder> foot() {
        String frames = unicode ? SPINNER : ASCII_SPINNER;
        String between = unicode ? " · " : " | ";
        AttributedStringBuilder first = new AttributedStringBuilder();
        first.styled(
                        AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN),
                        "" + frames.charAt(frame++ % frames.length()))
                .append(' ');
        first.styled(AttributedStyle.BOLD, PlainText.forTerminal(runbook))
                .append(' ')
                .append(shortId(id));
        first.append(' ').append(seconds(since));
        running.forEach((step, state) -> {
            first.append(between).append(step).append(' ').append(seconds(state.since()));
            if (!state.line().isEmpty()) {
                first.append(" (").append(PlainText.forTerminal(state.line())).append(')');
            }
        });
        AttributedStringBuilder second = new AttributedStringBuilder();
        for (Map.Entry<String, Double> leader : leaders()) {
            second.append(second.length() == 0 ? "  " : between);
            second.append(leader.getKey()).append(' ');
            second.styled(
                    AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN), Bar.of(leader.getValue(), BAR, unicode));
            second.append(' ').append(PlainText.percent(leader.getValue())).append(arrow(leader.getKey()));
        }
        return List.of(first, second);
    }

    /** The last part of an id tells investigations of one day apart. */
    static String shortId(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    private static String seconds(long since) {
        long tenths = (System.nanoTime() - since) / 100_000_000;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    /** The probable leaves, the most probable first. */
    private List<Map.Entry<String, Double>> leaders() {
        List<Map.Entry<String, Double>> leaves = new ArrayList<>();
        belief.forEach((path, probability) -> {
            boolean inner = belief.keySet().stream().anyMatch(other -> other.startsWith(path + "."));
            if (!inner) {
                leaves.add(Map.entry(path.substring(path.indexOf('.') + 1), probability));
            }
        });
        leaves.sort(Map.Entry.<String, Double>comparingByValue().reversed());
        return leaves.subList(0, Math.min(LEADERS, leaves.size()));
    }

    private String arrow(String name) {
        Optional<Map.Entry<String, Double>> now = belief.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().endsWith("." + name))
                .findFirst();
        double change = now.map(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), entry.getValue()))
                .orElse(0.0);
        if (Math.abs(change) < MOVED) {
            return "";
        }
        return change > 0 ? (unicode ? " ↑" : " up") : unicode ? " ↓" : " down";
    }
}
