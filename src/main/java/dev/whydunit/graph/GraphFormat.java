package dev.whydunit.graph;

/** How a graph is written. */
public enum GraphFormat {
    /** A picture that needs nothing but a browser. */
    SVG,
    /** For Markdown that draws it, as GitHub's does. */
    MERMAID,
    /** For Graphviz. */
    DOT;

    /** The graph in this format, with a newline at the end. Texts of the runbook cannot leave their places in it. */
    public String write(RunbookGraph graph) {
        return switch (this) {
            case SVG -> GraphSvg.write(graph);
            case MERMAID -> GraphMermaid.write(graph);
            case DOT -> GraphDot.write(graph);
        };
    }
}
