package dev.whydunit.graph;

import dev.whydunit.graph.RunbookGraph.Card;
import dev.whydunit.graph.RunbookGraph.Cause;
import dev.whydunit.graph.RunbookGraph.Reading;
import dev.whydunit.graph.RunbookGraph.Row;
import dev.whydunit.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** A graph in Mermaid's language. */
final class GraphMermaid {
    private GraphMermaid() {}

    static String write(RunbookGraph graph) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        List<String> styles = new ArrayList<>();
        for (Card step : graph.steps()) {
            line(text, "subgraph step_" + step.id() + "[" + quoted(step.title() + " (" + step.kind() + ")") + "]");
            if (step.findings().isEmpty()) {
                line(text, "  none_" + step.id() + "[" + quoted(step.id()) + "]");
            }
            for (Row finding : step.findings()) {
                String label = quoted(finding.id());
                line(
                        text,
                        "  " + node(step.id(), finding.id())
                                + (finding.symptom() ? "([" + label + "])" : "[" + label + "]"));
            }
            line(text, "end");
        }
        for (Cause cause : graph.causes()) {
            line(text, "cause_" + cause.id() + "{{" + quoted(cause.claim()) + "}}");
        }
        for (Reading reading : graph.readings()) {
            String strength = Names.choice(reading.strength());
            line(
                    text,
                    node(reading.step(), reading.finding())
                            + (reading.supports() ? " -->|" + strength + "| " : " -.-x|against, " + strength + "| ")
                            + "cause_" + reading.cause());
            styles.add("stroke:" + (reading.supports() ? "#1a7f37" : "#cf222e") + ",stroke-width:"
                    + (reading.strength().ordinal() + 1) + "px");
        }
        for (Card step : graph.steps()) {
            step.needs().forEach(need -> line(text, "step_" + need + " ==>|then| step_" + step.id()));
        }
        for (Cause cause : graph.causes()) {
            if (!cause.parent().isEmpty()) {
                line(text, "cause_" + cause.parent() + " -->|why| cause_" + cause.id());
            }
        }
        for (int i = 0; i < styles.size(); i++) {
            line(text, "linkStyle " + i + " " + styles.get(i));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append('\n');
    }

    /** Ids hold no two underscores' meaning of their own: the length keeps a_b.c and a.b_c apart. */
    private static String node(String step, String finding) {
        return "finding_" + step.length() + "_" + step + "_" + finding;
    }

    /** Letters, digits and blanks as they are, all else by its number: Mermaid reads Markdown and HTML in labels. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        GraphText.plain(text).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == ' ' || c == ',' || c == '.' || "()?_/:'".indexOf(c) >= 0) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append('#').append(c).append(';');
            }
        });
        return quoted.append('"').toString();
    }
}
