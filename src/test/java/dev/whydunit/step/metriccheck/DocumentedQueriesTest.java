package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whydunit.promql.PromqlQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queries of the documentation are in the subset that it describes. */
class DocumentedQueriesTest {
    @Test
    void everyQueryOfTheExampleCanBeRead() throws Exception {
        List<String> queries = Files.readAllLines(Path.of("docs/steps/metric_check.md")).stream()
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
