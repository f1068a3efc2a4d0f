package dev.whydunit.replay;

import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what moved belief, one line for each finding, the strongest first. */
final class Why {
    private static final int MOST = 8;
    private static final int MOST_UNKNOWN = 4;
    /** In nats; what moves less is left out. */
    private static final double WORTH_SAYING = 0.05;

    private record Move(String line, double strength) {}

    private Why() {}

    /** What moved the most probable hypothesis. */
    static List<String> theVerdict(Replayed replayed) {
        return replayed.belief().entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("other") && !entry.getKey().endsWith(".other"))
                .max(Map.Entry.comparingByValue())
                .map(entry -> of(entry.getKey(), replayed))
                .orElse(List.of());
    }

    /** What moved a hypothesis: what speaks for or against it, what is above it and what is below it. */
    static List<String> of(String path, Replayed replayed) {
        List<Move> moves = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        // What nobody names is moved by what moves the others.
        boolean named = replayed.findings().values().stream()
                .anyMatch(read -> read.moved().keySet().stream().anyMatch(node -> related(path, node)));
        for (Map.Entry<String, Event.FindingRead> entry : replayed.findings().entrySet()) {
            Event.FindingRead read = entry.getValue();
            if (read.outcome().equals("unknown")) {
                unknown.add(entry.getKey() + " is unknown: " + read.says());
                continue;
            }
            List<String> factors = new ArrayList<>();
            double strongest = 0;
            for (Map.Entry<String, Double> moved : read.moved().entrySet()) {
                if ((!named || related(path, moved.getKey())) && Math.abs(moved.getValue()) > WORTH_SAYING) {
                    factors.add(moved.getKey() + " " + factor(moved.getValue()));
                    strongest = Math.max(strongest, Math.abs(moved.getValue()));
                }
            }
            if (!factors.isEmpty()) {
                moves.add(new Move(
                        String.join(", ", factors) + " by " + entry.getKey() + ", which is " + read.outcome() + ": "
                                + read.says(),
                        strongest));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%s came to %.4f", path, replayed.belief().getOrDefault(path, 0.0)));
        moves.stream()
                .sorted(Comparator.comparingDouble(Move::strength).reversed())
                .limit(MOST)
                .map(Move::line)
                .forEach(lines::add);
        if (moves.isEmpty()) {
            lines.add("no finding moved it");
        }
        unknown.stream().limit(MOST_UNKNOWN).forEach(lines::add);
        if (unknown.size() > MOST_UNKNOWN) {
            lines.add((unknown.size() - MOST_UNKNOWN) + " more findings are unknown");
        }
        return lines;
    }

    private static boolean related(String one, String another) {
        return (one + ".").startsWith(another + ".") || (another + ".").startsWith(one + ".");
    }

    /** How many times likelier or less likely so many nats make it. */
    private static String factor(double nats) {
        double times = Math.exp(Math.min(Math.abs(nats), Math.log(1e6)));
        String number = String.format(Locale.ROOT, times >= 9.95 ? "%.0f" : "%.1f", times);
        return (nats < 0 ? "÷" : "×") + (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number);
    }
}
