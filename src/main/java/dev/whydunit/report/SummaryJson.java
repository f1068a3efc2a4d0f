package dev.whydunit.report;

import dev.whydunit.belief.Outcome;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes a summary as one JSON document: keys in the order of {@link Summary}'s components, times in RFC 3339 UTC,
 * probabilities and movements with four decimals, a probability never as 0 or 1. Everything beyond ASCII is escaped, so
 * that no text in it can command a terminal. Thread-safe.
 */
public final class SummaryJson {
    private static final double DECIMALS = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new DoubleSerializer())
                    .addSerializer(Double.TYPE, new DoubleSerializer())
                    .addSerializer(Outcome.class, new OutcomeSerializer())
                    .addSerializer(Enum.class, new EnumSerializer()))
            .build();

    private SummaryJson() {}

    /** The document, indented, with a line feed at its end. */
    public static String write(Summary summary) {
        return JSON.writeValueAsString(rounded(summary)) + "\n";
    }

    private static Summary rounded(Summary it) {
        Map<String, Double> belief = new LinkedHashMap<>();
        it.belief().forEach((path, probability) -> belief.put(path, roundedProbability(probability)));
        Summary.Verdict verdict = it.verdict();
        List<Summary.Evidence> evidence =
                it.evidence().stream().map(SummaryJson::rounded).toList();
        return new Summary(
                it.schemaVersion(),
                it.id(),
                it.runbook(),
                it.version(),
                it.environment(),
                it.startedAt(),
                it.endedAt(),
                it.trigger(),
                it.inputs(),
                it.symptom(),
                new Summary.Verdict(
                        verdict.status(),
                        verdict.path(),
                        verdict.claim(),
                        verdict.probability().map(SummaryJson::roundedProbability),
                        verdict.remedy(),
                        verdict.prevention(),
                        verdict.robust(),
                        verdict.restsOn(),
                        verdict.alsoFound(),
                        verdict.unsupported()),
                belief,
                evidence,
                it.steps(),
                it.notChecked(),
                it.nextSteps(),
                it.title(),
                it.claims(),
                it.stopped());
    }

    private static Summary.Evidence rounded(Summary.Evidence it) {
        Map<String, Double> moved = new LinkedHashMap<>();
        it.moved().forEach((path, nats) -> moved.put(path, Math.round(nats * DECIMALS) / DECIMALS));
        return new Summary.Evidence(
                it.id(), it.step(), it.outcome(), it.says(), moved, it.at(), it.observation(), it.host(), it.symptom());
    }

    private static double roundedProbability(double probability) {
        return Math.clamp(Math.round(probability * DECIMALS), 1L, (long) DECIMALS - 1) / DECIMALS;
    }

    /** Without exponents where people would write none. */
    private static final class DoubleSerializer extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            double size = Math.abs(value);
            if (size >= 1e-9 && size < 1e15) {
                json.writeNumber(BigDecimal.valueOf(value).toPlainString());
            } else {
                json.writeNumber(value.doubleValue());
            }
        }
    }

    private static final class OutcomeSerializer extends ValueSerializer<Outcome> {
        @Override
        public void serialize(Outcome outcome, JsonGenerator json, SerializationContext context) {
            switch (outcome) {
                case TRUE -> json.writeBoolean(true);
                case FALSE -> json.writeBoolean(false);
                case UNKNOWN -> json.writeNull();
            }
        }
    }

    /** Words of the domain in lower case, as authors write them. */
    @SuppressWarnings("rawtypes") // the type that Jackson registers serialisers of all enums by
    private static final class EnumSerializer extends ValueSerializer<Enum> {
        @Override
        public void serialize(Enum value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
