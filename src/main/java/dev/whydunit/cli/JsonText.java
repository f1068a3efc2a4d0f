package dev.whydunit.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON document that a command prints. */
final class JsonText {
    private static final int SCHEMA_VERSION = 1;

    private JsonText() {}

    /** With the version of its form first and a newline at the end. */
    static String of(Map<String, ?> content) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", SCHEMA_VERSION);
        document.putAll(content);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }
}
