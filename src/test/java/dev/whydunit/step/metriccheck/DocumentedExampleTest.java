package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.promql.PromqlQuery;
import dev.whydunit.runbook.ParsedRunbook;
import dev.whydunit.runbook.RunbookParser;
import dev.whydunit.yaml.ProblemRenderer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the documentation is a runbook's, and its queries are in the subset. */
class DocumentedExampleTest {
    private static final String AROUND = """
            runbook: documented
            title: The example of docs/steps/metric_check.md
            version: 1.0.0
            inputs:
              service: {type: string, default: shop}
            hypotheses:
              new_release: {claim: The latest release}
              disk_full: {claim: A disk is full}
            steps:
            """;

    private static String example() throws Exception {
        String page = Files.readString(Path.of("docs/steps/metric_check.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    void itIsWithoutProblems() throws Exception {
        ParsedRunbook parsed = new RunbookParser(List.of(new MetricCheck().signature()))
                .parse("documented.yaml", AROUND + example().indent(2));
        assertThat(parsed.problems().stream().map(ProblemRenderer::line)).isEmpty();
    }

    @Test
    void itsQueriesCanBeEvaluatedWithoutAServer() throws Exception {
        List<String> queries = example()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("query: "))
                .map(line -> line.substring("query: ".length()).replace("${{ inputs.service }}", "\"shop\""))
                .toList();
        assertThat(queries).hasSize(2);
        for (String query : queries) {
            assertThat(PromqlQuery.parse(query)).hasToString(query);
        }
    }
}
