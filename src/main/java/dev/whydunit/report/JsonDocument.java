package dev.whydunit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON for programs: indented, everything beyond ASCII escaped so that no text in it can command a terminal, numbers with four
 * decimals, a probability never as 0 or 1.
 */
final class JsonDocument {
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final int SCHEMA_VERSION = 1;
    private static final int DECIMALS = 4;
    private static final double LEAST = 0.0001;

    private JsonDocument() {}

    /** The beginning of a document about an investigation. */
    static Map<String, Object> about(Summary summary) {
        Map<String, Object> document = begun();
        document.put("id", summary.id());
        document.put("runbook", summary.runbook());
        return document;
    }

    /** The beginning of a document. */
    static Map<String, Object> begun() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", SCHEMA_VERSION);
        return document;
    }

    /** With a line feed at its end. */
    static String write(Object document) {
        return MAPPER.writeValueAsString(document) + "\n";
    }

    static BigDecimal probability(double probability) {
        return rounded(Math.clamp(probability, LEAST, 1 - LEAST));
    }

    static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }

    /** Each with four decimals, in their order. */
    static Map<String, Object> rounded(Map<String, Double> numbers) {
        Map<String, Object> rounded = new LinkedHashMap<>();
        numbers.forEach((name, number) -> rounded.put(name, rounded(number)));
        return rounded;
    }
}
