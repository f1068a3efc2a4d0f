package dev.whydunit.report;

import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.List;

/** How a number went, in one character for each of its values. */
public final class Sparkline {
    /** More than these are thinned out evenly; the first and the last always stay. */
    static final int MOST = 8;

    private static final int CHART = 16;
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.:-=+*#";

    private Sparkline() {}

    /** The probabilities of a node, from its prior on. */
    static List<Double> values(List<Event> events, String path, double prior) {
        List<Double> values = new ArrayList<>();
        values.add(prior);
        for (Event event : events) {
            if (event instanceof Event.BeliefMoved moved) {
                double value = moved.belief().getOrDefault(path, prior);
                // The first of them is the prior itself.
                if (values.size() > 1 || value != prior) {
                    values.add(value);
                }
            }
        }
        return List.copyOf(values);
    }

    /** Any values, from their least at the lowest to their greatest at the highest; empty for less than two of them. */
    public static String chart(List<Double> values, boolean unicode) {
        if (values.size() < 2) {
            return "";
        }
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double span = values.stream().mapToDouble(Double::doubleValue).max().orElse(0) - least;
        int shown = Math.min(CHART, values.size());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            double value = values.get((int) ((long) i * (values.size() - 1) / (shown - 1)));
            int level = span > 0 ? (int) Math.round((value - least) / span * (BLOCKS.length() - 1)) : 0;
            line.append((unicode ? BLOCKS : ASCII).charAt(Math.clamp(level, 0, BLOCKS.length() - 1)));
        }
        return line.toString();
    }

    /** Probabilities, from 0 at the lowest to 1 at the highest. */
    static String of(List<Double> values, boolean unicode) {
        StringBuilder line = new StringBuilder();
        int shown = Math.min(MOST, values.size());
        for (int i = 0; i < shown; i++) {
            double value = values.get(shown == 1 ? 0 : (int) Math.round(i * (values.size() - 1.0) / (shown - 1)));
            int level = Math.clamp((long) (value * BLOCKS.length()), 0, BLOCKS.length() - 1);
            line.append((unicode ? BLOCKS : ASCII).charAt(level));
        }
        return line.toString();
    }
}
