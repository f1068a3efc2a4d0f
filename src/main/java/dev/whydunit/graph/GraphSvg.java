package dev.whydunit.graph;

import dev.whydunit.belief.Strength;
import dev.whydunit.graph.Layout.Arc;
import dev.whydunit.graph.Layout.Box;
import dev.whydunit.graph.Layout.Curve;
import dev.whydunit.graph.RunbookGraph.Card;
import dev.whydunit.graph.RunbookGraph.Cause;
import dev.whydunit.graph.RunbookGraph.Reading;
import dev.whydunit.graph.RunbookGraph.Row;
import dev.whydunit.schema.Names;
import java.util.Locale;

/** A graph as a picture: no script, nothing that is loaded from elsewhere. */
final class GraphSvg {
    private static final int MARGIN = 24;
    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
            .name { font-weight: 600; } .small { font-size: 11px; fill: #57606a; } .title { font-size: 18px; font-weight: 600; }
            .step { fill: #f6f8fa; stroke: #8c959f; } .cause { fill: #fff8e5; stroke: #bf8700; }
            .row { stroke: #d0d7de; } path { fill: none; }
            .supports { stroke: #1a7f37; } .refutes { stroke: #cf222e; stroke-dasharray: 7 4; }
            .needs { stroke: #57606a; stroke-width: 1.4; } .why { stroke: #9a6700; stroke-width: 1.4; }
            .reading { stroke-opacity: .75; } .reading:hover { stroke-opacity: 1; }
            </style>
            """;

    private final RunbookGraph graph;
    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();
    private final double stepX;
    private final double causeX;
    private final double width;

    private GraphSvg(RunbookGraph graph) {
        this.graph = graph;
        this.layout = new Layout(graph);
        stepX = MARGIN + 8 + Layout.lanesOf(layout.needs) * Layout.LANE;
        causeX = stepX + Layout.STEP_WIDTH + Layout.BETWEEN;
        width = causeX + Layout.CAUSE_WIDTH + 8 + Layout.lanesOf(layout.whys) * Layout.LANE + MARGIN;
    }

    static String write(RunbookGraph graph) {
        return new GraphSvg(graph).picture();
    }

    private String picture() {
        double height = layout.height + 56;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">%n",
                width, height, width, height);
        svg.append("<title>")
                .append(GraphText.xml(graph.title()))
                .append("</title>\n")
                .append(STYLE);
        marker("supports", "#1a7f37", "M0 0 L8 4 L0 8 z");
        marker("refutes", "#cf222e", "M5 0 L8 0 L8 8 L5 8 z");
        marker("needs", "#57606a", "M0 0 L8 4 L0 8 z");
        marker("why", "#9a6700", "M0 0 L8 4 L0 8 z");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(MARGIN, 34, "title", GraphText.cut(graph.title(), 90), "");
        layout.curves.forEach(this::curve);
        layout.steps.forEach(this::step);
        graph.causes().forEach(this::cause);
        for (Arc arc : layout.needs) {
            arc(arc, stepX, -1, "needs");
        }
        for (Arc arc : layout.whys) {
            arc(arc, causeX + Layout.CAUSE_WIDTH, 1, "why");
        }
        legend(layout.height + 22);
        return svg.append("</svg>\n").toString();
    }

    private void step(Card step) {
        Box box = layout.step(step.id());
        box(box, stepX, Layout.STEP_WIDTH, "step");
        text(stepX + 12, box.top() + 18, "name", GraphText.cut(step.title(), 38), step.title());
        text(stepX + 12, box.top() + 34, "small", GraphText.cut(step.id() + " · " + step.kind(), 50), "");
        for (int i = 0; i < step.findings().size(); i++) {
            Row row = step.findings().get(i);
            double y = box.top() + Layout.HEAD + i * Layout.ROW;
            add(
                    "<line class=\"row\" x1=\"%.0f\" y1=\"%.1f\" x2=\"%.0f\" y2=\"%.1f\"/>%n",
                    stepX, y, stepX + Layout.STEP_WIDTH, y);
            text(
                    stepX + 24,
                    y + 16.5,
                    "",
                    GraphText.cut(row.id() + (row.symptom() ? " (symptom)" : ""), 38),
                    row.when());
        }
    }

    private void cause(Cause cause) {
        Box box = layout.cause(cause.id());
        box(box, causeX, Layout.CAUSE_WIDTH, "cause");
        text(causeX + 14, box.middle() - 3, "name", GraphText.cut(cause.claim(), 38), cause.claim());
        text(causeX + 14, box.middle() + 13, "small", GraphText.cut(cause.id(), 50), "");
    }

    private void box(Box box, double x, int wide, String kind) {
        add(
                "<rect class=\"%s\" x=\"%.0f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"6\"/>%n",
                kind, x, box.top(), wide, box.height());
    }

    private void curve(Curve curve) {
        Reading reading = curve.reading();
        double from = stepX + Layout.STEP_WIDTH;
        double bend = Layout.BETWEEN / 2.0;
        String kind = reading.supports() ? "supports" : "refutes";
        add(
                "<path class=\"reading %s\" stroke-width=\"%.1f\" marker-end=\"url(#%s)\" d=\"M%.0f %.1f C%.0f %.1f %.0f %.1f %.0f %.1f\">",
                kind,
                thick(reading.strength()),
                kind,
                from,
                curve.from(),
                from + bend,
                curve.from(),
                causeX - 9 - bend,
                curve.to(),
                causeX - 9,
                curve.to());
        add(
                "<title>%s</title></path>%n",
                GraphText.xml(reading.step() + "." + reading.finding() + " " + kind + " " + reading.cause() + ", "
                        + Names.choice(reading.strength())));
    }

    private static double thick(Strength strength) {
        return switch (strength) {
            case WEAK -> 0.9;
            case MODERATE -> 1.7;
            case STRONG -> 3;
            case CONCLUSIVE -> 5;
        };
    }

    /** Out of the column, along it, and in again. */
    private void arc(Arc arc, double edge, int side, String kind) {
        double lane = edge + side * (Layout.LANE * (arc.lane() + 1) + 4);
        double corner = side * -6;
        double turn = arc.to() > arc.from() ? 6 : -6;
        add(
                "<path class=\"%s\" marker-end=\"url(#%s)\" d=\"M%.0f %.1f H%.0f Q%.0f %.1f %.0f %.1f V%.1f Q%.0f %.1f %.0f %.1f H%.0f\"/>%n",
                kind,
                kind,
                edge,
                arc.from(),
                lane + corner,
                lane,
                arc.from(),
                lane,
                arc.from() + turn,
                arc.to() - turn,
                lane,
                arc.to(),
                lane + corner,
                arc.to(),
                edge + side * 8);
    }

    private void legend(double y) {
        double x = MARGIN;
        for (Strength strength : Strength.values()) {
            x = key(x, y, "supports", thick(strength), Names.choice(strength));
        }
        x = key(x, y, "refutes", 1.7, "speaks against");
        x = key(x, y, "needs", 1.4, "needed before");
        key(x, y, "why", 1.4, "deeper cause");
    }

    private double key(double x, double y, String kind, double thick, String says) {
        add("<path class=\"%s\" stroke-width=\"%.1f\" d=\"M%.0f %.1f h34\"/>%n", kind, thick, x, y);
        text(x + 42, y + 4, "small", says, "");
        return x + 62 + says.length() * 6.2;
    }

    private void marker(String id, String color, String shape) {
        add(
                "<marker id=\"%s\" markerWidth=\"9\" markerHeight=\"8\" refX=\"1\" refY=\"4\" orient=\"auto\" markerUnits=\"userSpaceOnUse\">"
                        + "<path d=\"%s\" style=\"fill:%s\"/></marker>%n",
                id, shape, color);
    }

    private void text(double x, double y, String kind, String shown, String whole) {
        add(
                "<text class=\"%s\" x=\"%.0f\" y=\"%.1f\">%s%s</text>%n",
                kind, x, y, GraphText.xml(shown), whole.isEmpty() ? "" : "<title>" + GraphText.xml(whole) + "</title>");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
