package dev.whydunit.graph;

import dev.whydunit.graph.RunbookGraph.Card;
import dev.whydunit.graph.RunbookGraph.Cause;
import dev.whydunit.graph.RunbookGraph.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Where everything stands: steps in a column on the left, each with its findings in it, causes in a column on the right. Each box has
 * its own stretch of height, so that none can lie over another; between the columns only curves run. What joins boxes of one column
 * runs outside of it, in lanes. Lengths are in pixels.
 */
final class Layout {
    static final int TOP = 64;
    static final int HEAD = 42;
    static final int ROW = 24;
    static final int GAP = 18;
    static final int STEP_WIDTH = 340;
    static final int CAUSE_WIDTH = 340;
    static final int BETWEEN = 300;
    static final int LANE = 14;
    private static final int CAUSE_HEAD = 46;
    private static final int PORT = 9;

    /** A box's stretch of height. */
    record Box(double top, double height) {
        double middle() {
            return top + height / 2;
        }
    }

    /** A curve between the columns, from a finding to a cause. */
    record Curve(Reading reading, double from, double to) {}

    /** An arc beside a column. */
    record Arc(double from, double to, int lane) {}

    final List<Card> steps;
    private final Map<String, Box> stepBoxes = new LinkedHashMap<>();
    private final Map<String, Box> causeBoxes = new LinkedHashMap<>();
    final List<Curve> curves = new ArrayList<>();
    final List<Arc> needs;
    final List<Arc> whys;
    final double height;

    Layout(RunbookGraph graph) {
        steps = ordered(graph);
        double y = TOP;
        for (Card step : steps) {
            double tall = HEAD + ROW * step.findings().size() + (step.findings().isEmpty() ? 0 : 6);
            stepBoxes.put(step.id(), new Box(y, tall));
            y += tall + GAP;
        }
        double left = y;
        y = TOP;
        for (Cause cause : graph.causes()) {
            long ports = graph.readings().stream()
                    .filter(one -> one.cause().equals(cause.id()))
                    .count();
            double tall = Math.max(CAUSE_HEAD, ports * PORT + 10);
            causeBoxes.put(cause.id(), new Box(y, tall));
            y += tall + GAP;
        }
        spread(y < left ? causeBoxes : stepBoxes, Math.abs(left - y));
        height = Math.max(left, y);
        curves(graph);
        List<double[]> needed = new ArrayList<>();
        for (Card step : steps) {
            for (String need : step.needs()) {
                needed.add(new double[] {step(need).top() + 28, step(step.id()).top() + 14});
            }
        }
        needs = lanes(needed);
        List<double[]> deeper = new ArrayList<>();
        for (Cause cause : graph.causes()) {
            if (!cause.parent().isEmpty()) {
                deeper.add(new double[] {
                    cause(cause.parent()).middle() + 6, cause(cause.id()).middle() - 6
                });
            }
        }
        whys = lanes(deeper);
    }

    Box step(String id) {
        return Objects.requireNonNull(stepBoxes.get(id), "every step has a box");
    }

    Box cause(String id) {
        return Objects.requireNonNull(causeBoxes.get(id), "every cause has a box");
    }

    /** Steps by the mean place of the causes that they speak of, which keeps curves from crossing; others where they were. */
    private static List<Card> ordered(RunbookGraph graph) {
        Map<String, Integer> place = new HashMap<>();
        graph.causes().forEach(cause -> place.put(cause.id(), place.size()));
        Map<String, Double> weight = new HashMap<>();
        double last = 0;
        for (Card step : graph.steps()) {
            last = graph.readings().stream()
                    .filter(reading -> reading.step().equals(step.id()))
                    .filter(Reading::supports)
                    .mapToInt(reading -> place.get(reading.cause()))
                    .average()
                    .orElse(last);
            weight.put(step.id(), last);
        }
        List<Card> ordered = new ArrayList<>(graph.steps());
        ToDoubleFunction<Card> by = step -> weight.getOrDefault(step.id(), 0.0);
        ordered.sort(Comparator.comparingDouble(by));
        return ordered;
    }

    /** Gives the shorter column's boxes the room that is left, half of it between them. */
    private static void spread(Map<String, Box> boxes, double room) {
        double between = room / 2 / Math.max(1, boxes.size() - 1);
        double down = boxes.size() > 1 ? room / 4 : room / 2;
        for (Map.Entry<String, Box> entry : boxes.entrySet()) {
            entry.setValue(
                    new Box(entry.getValue().top() + down, entry.getValue().height()));
            down += between;
        }
    }

    private void curves(RunbookGraph graph) {
        Map<String, List<Curve>> byCause = new LinkedHashMap<>();
        for (Card step : steps) {
            for (int row = 0; row < step.findings().size(); row++) {
                String finding = step.findings().get(row).id();
                double from = step(step.id()).top() + HEAD + ROW * row + ROW / 2.0;
                for (Reading reading : graph.readings()) {
                    if (reading.step().equals(step.id()) && reading.finding().equals(finding)) {
                        byCause.computeIfAbsent(reading.cause(), id -> new ArrayList<>())
                                .add(new Curve(reading, from, 0));
                    }
                }
            }
        }
        byCause.forEach((cause, arriving) -> {
            Box box = cause(cause);
            arriving.sort(Comparator.comparingDouble(Curve::from));
            double space = box.height() / (arriving.size() + 1);
            for (int i = 0; i < arriving.size(); i++) {
                curves.add(new Curve(arriving.get(i).reading(), arriving.get(i).from(), box.top() + space * (i + 1)));
            }
        });
    }

    /** Gives each arc the first lane in which it lies over no other, short ones first, so that they stay inside. */
    private static List<Arc> lanes(List<double[]> spans) {
        List<double[]> byLength = new ArrayList<>(spans);
        byLength.sort(Comparator.comparingDouble(span -> Math.abs(span[1] - span[0])));
        List<Arc> placed = new ArrayList<>();
        for (double[] span : byLength) {
            int lane = 0;
            while (taken(placed, span, lane)) {
                lane++;
            }
            placed.add(new Arc(span[0], span[1], lane));
        }
        return placed;
    }

    private static boolean taken(List<Arc> placed, double[] span, int lane) {
        double low = Math.min(span[0], span[1]) - 4;
        double high = Math.max(span[0], span[1]) + 4;
        return placed.stream()
                .filter(arc -> arc.lane() == lane)
                .anyMatch(arc -> Math.min(arc.from(), arc.to()) < high && Math.max(arc.from(), arc.to()) > low);
    }

    static int lanesOf(List<Arc> arcs) {
        return arcs.stream().mapToInt(arc -> arc.lane() + 1).max().orElse(0);
    }
}
