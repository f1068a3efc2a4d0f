package dev.whydunit.graph;

import dev.whydunit.graph.RunbookGraph.Card;
import dev.whydunit.graph.RunbookGraph.Cause;
import dev.whydunit.graph.RunbookGraph.Reading;
import dev.whydunit.graph.RunbookGraph.Row;
import dev.whydunit.schema.Names;
import java.util.Locale;

/** A graph in Graphviz's language. */
final class GraphDot {
    private GraphDot() {}

    static String write(RunbookGraph graph) {
        StringBuilder dot = new StringBuilder("digraph runbook {\n");
        dot.append("  rankdir=LR; ranksep=1.5; nodesep=0.15;\n");
        dot.append("  label=").append(quoted(graph.title())).append("; labelloc=t;\n");
        dot.append("  node [shape=box, fontname=\"Helvetica\", fontsize=11];\n");
        dot.append("  edge [fontname=\"Helvetica\", fontsize=9];\n");
        for (Card step : graph.steps()) {
            String node = quoted("step " + step.id());
            dot.append("  ").append(node).append(" [style=\"filled,rounded\", fillcolor=\"#e8eef7\", label=");
            dot.append(quoted(step.title(), step.id() + ", " + step.kind())).append("];\n");
            for (Row finding : step.findings()) {
                String reading = quoted("finding " + step.id() + "." + finding.id());
                dot.append("  ").append(reading).append(" [label=").append(quoted(finding.id()));
                dot.append(finding.symptom() ? ", peripheries=2" : "").append("];\n");
                dot.append("  ").append(node).append(" -> ").append(reading);
                dot.append(" [arrowhead=none, style=dotted];\n");
            }
            for (String need : step.needs()) {
                dot.append("  ").append(quoted("step " + need)).append(" -> ").append(node);
                dot.append(" [color=\"#57606a\", label=\"then\"];\n");
            }
        }
        for (Cause cause : graph.causes()) {
            String node = quoted("cause " + cause.id());
            dot.append("  ").append(node).append(" [style=filled, fillcolor=\"#fff4d6\", label=");
            dot.append(quoted(cause.claim(), cause.id())).append("];\n");
            if (!cause.parent().isEmpty()) {
                dot.append("  ")
                        .append(quoted("cause " + cause.parent()))
                        .append(" -> ")
                        .append(node);
                dot.append(" [color=\"#9a6700\", label=\"why\"];\n");
            }
        }
        for (Reading reading : graph.readings()) {
            dot.append("  ").append(quoted("finding " + reading.step() + "." + reading.finding()));
            dot.append(" -> ").append(quoted("cause " + reading.cause()));
            dot.append(String.format(
                    Locale.ROOT,
                    " [label=\"%s%s\", color=\"%s\", style=%s, penwidth=%d, arrowhead=%s];%n",
                    reading.supports() ? "" : "against, ",
                    Names.choice(reading.strength()),
                    reading.supports() ? "#1a7f37" : "#cf222e",
                    reading.supports() ? "solid" : "dashed",
                    reading.strength().ordinal() + 1,
                    reading.supports() ? "normal" : "tee"));
        }
        return dot.append("}\n").toString();
    }

    /** A text in quotes, its lines one below the other. */
    private static String quoted(String... lines) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < lines.length; i++) {
            text.append(i == 0 ? "" : "\\n");
            text.append(GraphText.plain(lines[i]).replace("\\", "\\\\").replace("\"", "\\\""));
        }
        return text.append('"').toString();
    }
}
