package dev.whydunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void theKeysOfTheFixedShapeComeFirstAndInItsOrder() {
        JsonNode json = JSON.readTree(SummaryJson.write(SampleSummary.concluded()));

        assertThat(json.propertyNames())
                .startsWith(
                        "schemaVersion",
                        "id",
                        "runbook",
                        "version",
                        "environment",
                        "startedAt",
                        "endedAt",
                        "trigger",
                        "inputs",
                        "symptom",
                        "verdict",
                        "belief",
                        "evidence",
                        "steps",
                        "notChecked",
                        "nextSteps");
        assertThat(json.path("trigger").propertyNames()).containsExactly("kind", "alert");
        assertThat(json.path("verdict").propertyNames())
                .startsWith(
                        "status",
                        "path",
                        "claim",
                        "probability",
                        "remedy",
                        "prevention",
                        "robust",
                        "restsOn",
                        "alsoFound");
        assertThat(json.path("evidence").get(0).propertyNames())
                .containsSequence("id", "step", "outcome", "says", "moved", "at", "observation");
        assertThat(json.path("steps").get(0).propertyNames())
                .containsSubsequence(
                        "id",
                        "kind",
                        "host",
                        "status",
                        "why",
                        "startedAt",
                        "seconds",
                        "error",
                        "query",
                        "result",
                        "artifacts");
        assertThat(json.path("notChecked").get(0).propertyNames()).startsWith("step", "why");
    }

    @Test
    void numbersAreRoundedToFourDecimalsAndNeverCertain() {
        String concluded = SummaryJson.write(SampleSummary.concluded());
        JsonNode hostile = JSON.readTree(SummaryJson.write(SampleSummary.hostile()));

        assertThat(concluded)
                .contains("\"database.slow_query\" : 0.8427", "\"database.lock_wait\" : 0.0004")
                .contains("\"probability\" : 0.8427", "\"database.lock_wait\" : -1.5686");
        assertThat(hostile.path("belief").path("h").doubleValue()).isEqualTo(0.9999);
        assertThat(hostile.path("belief").path("other").doubleValue()).isEqualTo(0.0001);
    }

    @Test
    void whatIsNotThereIsNull() {
        JsonNode absent = JSON.readTree(SummaryJson.write(SampleSummary.symptomAbsent()));

        assertThat(absent.path("verdict").path("probability").isNull()).isTrue();
        assertThat(absent.path("verdict").path("path").isEmpty()).isTrue();
        assertThat(absent.path("trigger").path("alert").isNull()).isTrue();
        assertThat(absent.path("steps").get(0).path("host").isNull()).isTrue();
        assertThat(absent.path("steps").get(0).path("error").isNull()).isTrue();
    }

    @Test
    void timesAreInUtc() {
        assertThat(SummaryJson.write(SampleSummary.concluded()))
                .contains("\"startedAt\" : \"2026-03-01T02:13:00Z\"", "\"endedAt\" : \"2026-03-01T02:13:23.400Z\"");
    }

    @Test
    void itIsOneDocumentWhateverIsInIt() {
        String text = SummaryJson.write(SampleSummary.hostile());
        JsonNode json = JSON.readTree(text);

        assertThat(json.path("symptom").stringValue()).isEqualTo(SampleSummary.HOSTILE);
        assertThat(json.path("steps")
                        .get(0)
                        .path("result")
                        .path(SampleSummary.HOSTILE)
                        .stringValue())
                .isEqualTo(SampleSummary.HOSTILE);
        assertThat(text.chars()).allMatch(character -> character == '\n' || character >= 0x20 && character < 0x7f);
    }

    @Test
    void aResultMayHoldWhatIsNotANumber() {
        Map<String, Object> values =
                Map.of("notANumber", Double.NaN, "infinite", Double.POSITIVE_INFINITY, "tiny", 1e-12);
        JsonNode result = JSON.readTree(SummaryJson.write(SampleSummary.withResult(Map.of("rows", List.of(values)))))
                .path("steps")
                .get(0)
                .path("result")
                .path("rows")
                .get(0);

        assertThat(result.path("notANumber").stringValue()).isEqualTo("NaN");
        assertThat(result.path("infinite").stringValue()).isEqualTo("Infinity");
        assertThat(result.path("tiny").doubleValue()).isEqualTo(1e-12);
    }
}
