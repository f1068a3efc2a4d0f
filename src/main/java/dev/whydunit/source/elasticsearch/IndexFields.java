package dev.whydunit.source.elasticsearch;

import co.elastic.clients.elasticsearch.core.FieldCapsResponse;
import co.elastic.clients.elasticsearch.core.field_caps.FieldCapability;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the indices behind a pattern know of fields. */
record IndexFields(FieldCapsResponse response) {
    boolean noIndex() {
        return response.indices().isEmpty();
    }

    boolean has(String field) {
        return !types(field).isEmpty();
    }

    /** The field's types other than dates, in words; empty when it can be asked for times. */
    Optional<String> notTime(String field) {
        String others = types(field).keySet().stream()
                .filter(type -> !type.equals("date") && !type.equals("date_nanos"))
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? Optional.empty() : Optional.of(others);
    }

    /** The name under which a field's values can be counted: its own, or that of its keyword sub-field where it is text. */
    Optional<String> countable(String field) {
        String keyword = field + ".keyword";
        return aggregatable(field)
                ? Optional.of(field)
                : aggregatable(keyword) ? Optional.of(keyword) : Optional.empty();
    }

    private boolean aggregatable(String field) {
        Map<String, FieldCapability> types = types(field);
        return !types.isEmpty() && types.values().stream().allMatch(FieldCapability::aggregatable);
    }

    private Map<String, FieldCapability> types(String field) {
        return response.fields().getOrDefault(field, Map.of());
    }
}
