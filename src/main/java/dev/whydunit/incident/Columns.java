package dev.whydunit.incident;

import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sets and maps in a column of text, as JSON. */
final class Columns {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<TreeSet<String>> SET = new TypeReference<>() {};
    private static final TypeReference<LinkedHashMap<String, String>> MAP = new TypeReference<>() {};

    private Columns() {}

    static String text(Collection<String> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            values.forEach(json::writeString);
            json.writeEndArray();
        }
        return text.toString();
    }

    static String text(Map<String, String> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            values.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return text.toString();
    }

    static Set<String> set(String text) {
        return JSON.readValue(text, SET);
    }

    static Map<String, String> map(String text) {
        return JSON.readValue(text, MAP);
    }
}
