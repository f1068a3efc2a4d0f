package dev.whydunit.report;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a summary as one JSON document: the keys that scripts rely on first and in their documented order, times in RFC 3339
 * UTC, probabilities and movements with four decimals, a probability never as 0 or 1, null where there is none. Everything
 * beyond ASCII is escaped, so that no text in it can command a terminal. Thread-safe.
 */
public final class SummaryJson {

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

    private SummaryJson() {}

    /** The document, indented, with a line feed at its end. */
    public static String write(Summary summary) {
        ObjectNode given = JsonDocument.MAPPER.valueToTree(summary);
        ObjectNode json = JsonDocument.MAPPER.createObjectNode();
        ORDER.forEach(key -> json.set(key, given.path(key)));
        given.properties().forEach(entry -> json.set(entry.getKey(), entry.getValue()));

        json.set("belief", probabilities(summary.belief()));
        json.set("prior", probabilities(summary.prior()));
        ObjectNode verdict = (ObjectNode) json.path("verdict");
        if (summary.verdict().path().isEmpty()) {
            verdict.putNull("probability");
        } else {
            verdict.put(
                    "probability", JsonDocument.probability(summary.verdict().probability()));
        }
        if (summary.trigger().alert().isEmpty()) {
            ((ObjectNode) json.path("trigger")).putNull("alert");
        }
        for (JsonNode evidence : json.path("evidence")) {
            ObjectNode moved = (ObjectNode) evidence.path("moved");
            moved.properties()
                    .forEach(entry -> entry.setValue(moved.numberNode(
                            JsonDocument.rounded(entry.getValue().doubleValue()))));
        }
        return JsonDocument.write(json);
    }

    private static ObjectNode probabilities(Map<String, Double> byPath) {
        ObjectNode json = JsonDocument.MAPPER.createObjectNode();
        byPath.forEach((path, it) -> json.put(path, JsonDocument.probability(it)));
        return json;
    }
}
