package dev.whydunit.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.app.Program.Ran;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphCommandTest {
    private static final String HOSTILE = """
            runbook: hostile
            title: '</title><script>alert(1)</script> "; evil -> [x]'
            hypotheses:
              end: {claim: '"]; click end "javascript:alert(1)"', why: {deeper: {claim: 'a\\" & <b>'}}}
              graph: {claim: Plain}
            steps:
              subgraph:
                title: "one\\ntwo \\e]0;x\\a"
                host_command: {run: [uptime]}
                findings:
                  style: {when: 'stdout.contains("</text>")', supports: {deeper: conclusive}, refutes: {graph: weak}}
              second:
                needs: [subgraph]
                host_command: {run: [uptime]}
                findings: {b: {when: exit_code == 0, supports: {graph: moderate}, symptom: true}}
            """;

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void runbook() throws Exception {
        Files.writeString(folder.resolve("hostile.yaml"), HOSTILE);
        program = new Program(folder);
    }

    private String draw(String... more) {
        List<String> arguments = new ArrayList<>(List.of("runbook", "graph"));
        arguments.addAll(List.of(more));
        Ran ran = program.run(arguments.toArray(String[]::new));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        return ran.out();
    }

    private static Document xml(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web_slowdown", "slow_host", "network_path", "triage", "hostile.yaml"})
    void noBoxLiesOverAnotherAndEveryCurveEndsInThePicture(String name) throws Exception {
        Element svg = xml(draw(name)).getDocumentElement();
        double width = Double.parseDouble(svg.getAttribute("width"));
        double height = Double.parseDouble(svg.getAttribute("height"));
        List<double[]> boxes = new ArrayList<>();
        NodeList rectangles = svg.getElementsByTagName("rect");
        for (int i = 0; i < rectangles.getLength(); i++) {
            Element box = (Element) rectangles.item(i);
            if (!box.getAttribute("class").isEmpty()) {
                double x = Double.parseDouble(box.getAttribute("x"));
                double y = Double.parseDouble(box.getAttribute("y"));
                boxes.add(new double[] {
                    x,
                    y,
                    x + Double.parseDouble(box.getAttribute("width")),
                    y + Double.parseDouble(box.getAttribute("height"))
                });
            }
        }
        assertThat(boxes).hasSizeGreaterThan(4);
        for (double[] a : boxes) {
            assertThat(a[0]).isGreaterThan(0);
            assertThat(a[2]).isLessThan(width);
            assertThat(a[3]).isLessThan(height);
            for (double[] b : boxes) {
                if (a != b) {
                    assertThat(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1])
                            .isTrue();
                }
            }
        }
    }

    @Test
    void hostileTextsStayTextsInSvg() throws Exception {
        String svg = draw("hostile.yaml");
        Document document = xml(svg);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg).doesNotContain("\u001b").doesNotContain("\u0007").contains("one two");
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(5);
    }

    @Test
    void strengthAndDirectionAreSeenInTheLines() {
        assertThat(draw("hostile.yaml"))
                .contains("subgraph.style supports deeper, conclusive")
                .contains("subgraph.style refutes graph, weak")
                .contains("class=\"reading supports\" stroke-width=\"5.0\"")
                .contains("class=\"reading refutes\" stroke-width=\"0.9\"")
                .contains("marker-end=\"url(#needs)\"")
                .contains("marker-end=\"url(#why)\"");
    }

    @Test
    void everyLineOfMermaidIsOneOfItsStatements() {
        String mermaid = draw("hostile.yaml", "--format", "mermaid");
        String label = "\"(?:[^\"\\]\\[{}<>;&`#]|#[0-9]+;)*\"";
        Pattern statement = Pattern.compile("flowchart LR|  (?:subgraph step_\\w+\\[" + label + "\\]|end|  finding_\\w+"
                + "(?:\\[" + label + "\\]|\\(\\[" + label + "\\]\\))|cause_\\w+\\{\\{" + label
                + "\\}\\}|finding_\\w+ (?:-->\\|\\w+\\||-\\.-x\\|against, \\w+\\|) cause_\\w+|step_\\w+ ==>\\|then\\| step_\\w+"
                + "|cause_\\w+ -->\\|why\\| cause_\\w+|linkStyle \\d+ stroke:#[0-9a-f]{6},stroke-width:[1-4]px)");
        assertThat(mermaid.lines()).allMatch(line -> statement.matcher(line).matches());
        assertThat(mermaid)
                .contains("finding_8_subgraph_style -->|conclusive| cause_deeper")
                .contains("finding_8_subgraph_style -.-x|against, weak| cause_graph")
                .contains("step_subgraph ==>|then| step_second");
    }

    @Test
    void everyTextOfDotIsClosed() {
        String dot = draw("hostile.yaml", "--format", "dot");
        Matcher quoted = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"").matcher(dot);
        String bare = quoted.replaceAll("T");
        assertThat(bare).doesNotContain("\"").doesNotContain("evil").doesNotContain("javascript");
        assertThat(bare.lines().skip(1).limit(bare.lines().count() - 2)).allMatch(line -> line.matches("  .*;"));
        assertThat(dot).contains("penwidth=4").contains("style=dashed").contains("label=\"then\"");
    }

    @Test
    void theNameOfTheFileSaysTheFormat() throws Exception {
        assertThat(draw("hostile.yaml", "-o", "a.svg")).isEmpty();
        draw("hostile.yaml", "-o", "a.mmd");
        draw("hostile.yaml", "-o", "a.dot");

        assertThat(Files.readString(folder.resolve("a.svg"))).startsWith("<svg ");
        assertThat(Files.readString(folder.resolve("a.mmd"))).startsWith("flowchart LR");
        assertThat(Files.readString(folder.resolve("a.dot"))).startsWith("digraph runbook {");
    }
}
