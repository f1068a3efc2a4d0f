package dev.whydunit.notification;

import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a JSON object, in order. */
final class Fields {
    private Fields() {}

    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
