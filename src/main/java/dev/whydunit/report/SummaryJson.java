package dev.whydunit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a summary as one JSON document: the keys that scripts rely on first and in their documented order, times in RFC 3339
 * UTC, probabilities and movements with four decimals, a probability never as 0 or 1, null where there is none. Everything
 * beyond ASCII is escaped, so that no text in it can command a terminal. Thread-safe.
 */
public final class SummaryJson {
    private static final int DECIMALS = 4;
    private static final double LEAST = 0.0001;

    /** The documented order; what else a summary has comes after it. */
    private static final List<String> ORDER = List.of(
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

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private SummaryJson() {}

    /** The document, indented, with a line feed at its end. */
    public static String write(Summary summary) {
        ObjectNode given = JSON.valueToTree(summary);
        ObjectNode json = JSON.createObjectNode();
        ORDER.forEach(key -> json.set(key, given.path(key)));
        given.properties().forEach(entry -> json.set(entry.getKey(), entry.getValue()));

        json.set("belief", probabilities(summary.belief()));
        json.set("prior", probabilities(summary.prior()));
        ObjectNode verdict = (ObjectNode) json.path("verdict");
        if (summary.verdict().path().isEmpty()) {
            verdict.putNull("probability");
        } else {
            verdict.put("probability", probability(summary.verdict().probability()));
        }
        if (summary.trigger().alert().isEmpty()) {
            ((ObjectNode) json.path("trigger")).putNull("alert");
        }
        for (JsonNode evidence : json.path("evidence")) {
            ObjectNode moved = (ObjectNode) evidence.path("moved");
            moved.properties()
                    .forEach(entry -> entry.setValue(
                            moved.numberNode(rounded(entry.getValue().doubleValue()))));
        }
        return JSON.writeValueAsString(json) + "\n";
    }

    private static ObjectNode probabilities(Map<String, Double> byPath) {
        ObjectNode json = JSON.createObjectNode();
        byPath.forEach((path, it) -> json.put(path, probability(it)));
        return json;
    }

    private static BigDecimal probability(double probability) {
        return rounded(Math.clamp(probability, LEAST, 1 - LEAST));
    }

    private static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }
}
