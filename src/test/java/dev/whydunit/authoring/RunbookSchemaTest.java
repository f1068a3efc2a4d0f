package dev.whydunit.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.whydunit.runbook.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunbookSchemaTest {
    private static final String JSON = RunbookSchema.json(Kinds.all());
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(JSON);

    private static String example() throws IOException {
        return Files.readString(Path.of("src/test/resources/dev/whydunit/runbook/web_slowdown.yaml"));
    }

    private static List<String> errors(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theExampleOfTheLanguagePageIsValid() throws IOException {
        assertThat(errors(example())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title: Web | titel: Web | titel",
                "prior: common | priority: common | priority",
                "supports: {overload: strong} | supports: {overload: very} | overload",
                "over: ${{ inputs.window }} | over: 5 min | over",
                "baseline: previous | baseline: yesterday | baseline",
                "runbook: web_slowdown | about2: x | runbook",
                "sql_query: {source | sql_quary: {source | sessions",
            })
    void aWrongRunbookIsInvalid(String right, String wrong, String place) throws IOException {
        assertThat(example()).contains(right);
        assertThat(errors(example().replace(right, wrong))).isNotEmpty().anyMatch(error -> error.contains(place));
    }

    @Test
    void editorsSeeWhatTheRecordsSay() {
        assertThat(JSON)
                .contains("\"What it claims, as a sentence without a full stop.\"")
                .contains("\"default\" : \"15m\"")
                .contains("\"Stands in for metric_check.\"")
                .contains("\"The PromQL query.\"");
    }
}
