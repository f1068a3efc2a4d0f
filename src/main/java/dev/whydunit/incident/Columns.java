package dev.whydunit.incident;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sets and maps in a column of text, as JSON. */
final class Columns {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<TreeSet<String>> SET = new TypeReference<>() {};
    private static final TypeReference<LinkedHashMap<String, String>> MAP = new TypeReference<>() {};

    private Columns() {}

    static String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    static Set<String> set(String text) {
        return JSON.readValue(text, SET);
    }

    static Map<String, String> map(String text) {
        return JSON.readValue(text, MAP);
    }
}
