package dev.whydunit.report;

import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.List;

/** How a probability went, in one character for each time that belief moved. */
final class Sparkline {
    /** More than these are thinned out evenly; the first and the last always stay. */
    static final int MOST = 8;

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

    /** From 0 at the lowest to 1 at the highest. */
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
