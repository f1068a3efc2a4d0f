package dev.whydunit.simulation;

import dev.whydunit.belief.HypothesisTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A simulation for people, 80 columns wide, and as JSON. */
public final class SimulatedText {
    private static final int WIDTH = 80;
    private static final int NAME = 30;
    private static final int CELL = 5;

    private SimulatedText() {}

    /** As tables: what it takes to find each cause, and what is taken for what. */
    public static String text(Simulated simulated) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%s, simulated: %d investigations for each cause, seed %d",
                simulated.runbook(),
                simulated.draws(),
                simulated.seed());
        line(text, "Were the model true, %.1f %% of all verdicts would be right.", 100 * simulated.right());
        text.append('\n');
        line(text, "%-40s %8s %10s %8s", "were it the cause", "found", "seconds", "steps");
        for (Simulated.Cause cause : simulated.causes()) {
            line(
                    text,
                    "%-40s %6.1f %% %10.1f %8.1f",
                    cut(cause.path(), 40),
                    100 * cause.found(),
                    cause.seconds(),
                    cause.steps());
        }
        text.append('\n').append("Confusion: a row is the true cause, a column the verdict, in per cent\n");
        confusion(simulated, text);
        return text.toString();
    }

    /** The columns are numbered as the rows; what is no leaf is a verdict that stops above one. */
    private static void confusion(Simulated simulated, StringBuilder text) {
        List<String> columns = columns(simulated);
        int perBlock = (WIDTH - NAME - CELL) / CELL;
        for (int from = 0; from < columns.size(); from += perBlock) {
            List<String> block = columns.subList(from, Math.min(columns.size(), from + perBlock));
            StringBuilder head = new StringBuilder(" ".repeat(NAME + CELL));
            for (int i = 0; i < block.size(); i++) {
                String name = block.get(i).equals(Simulated.NONE) ? "none" : "#" + (from + i + 1);
                head.append(String.format(Locale.ROOT, "%" + CELL + "s", name));
            }
            text.append(head).append('\n');
            for (Simulated.Cause cause : simulated.causes()) {
                int number = columns.indexOf(cause.path()) + 1;
                text.append(String.format(
                        Locale.ROOT,
                        "%" + (CELL - 1) + "s %-" + NAME + "s",
                        number > 0 ? "#" + number : "",
                        cut(cause.path(), NAME)));
                for (String column : block) {
                    text.append(cell(cause.verdicts().getOrDefault(column, 0.0)));
                }
                text.append('\n');
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            if (!column.equals(Simulated.NONE)
                    && simulated.causes().stream()
                            .noneMatch(cause -> cause.path().equals(column))) {
                line(text, "%4s %s, and no deeper", "#" + (i + 1), column);
            }
        }
    }

    private static String cell(double share) {
        return String.format(Locale.ROOT, "%" + CELL + "s", share == 0 ? "·" : Long.toString(Math.round(100 * share)));
    }

    private static List<String> columns(Simulated simulated) {
        Set<String> columns = new LinkedHashSet<>();
        simulated.causes().stream()
                .map(Simulated.Cause::path)
                .filter(path -> !HypothesisTree.isOther(path))
                .forEach(columns::add);
        simulated
                .causes()
                .forEach(cause -> cause.verdicts().keySet().stream()
                        .filter(verdict -> !verdict.equals(Simulated.NONE))
                        .forEach(columns::add));
        columns.add(Simulated.NONE);
        return new ArrayList<>(columns);
    }

    private static String cut(String path, int width) {
        return path.length() <= width ? path : "…" + path.substring(path.length() - width + 1);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** As one JSON object. */
    public static ObjectNode json(Simulated simulated) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("runbook", simulated.runbook())
                .put("seed", simulated.seed())
                .put("draws", simulated.draws())
                .put("right", simulated.right());
        var causes = root.putArray("causes");
        for (Simulated.Cause cause : simulated.causes()) {
            ObjectNode one = causes.addObject()
                    .put("cause", cause.path())
                    .put("prior", cause.prior())
                    .put("found", cause.found())
                    .put("seconds", cause.seconds())
                    .put("steps", cause.steps());
            ObjectNode verdicts = one.putObject("verdicts");
            for (Map.Entry<String, Double> verdict : cause.verdicts().entrySet()) {
                verdicts.put(verdict.getKey(), verdict.getValue());
            }
        }
        return root;
    }
}
