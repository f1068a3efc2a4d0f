package dev.whydunit.running;

import dev.whydunit.alert.Alert;
import java.util.LinkedHashMap;
import java.util.Map;

/** An alert as plain data: what expressions read and what the journal keeps. */
public final class AlertData {
    private AlertData() {}

    /** With the names that expressions use. */
    public static Map<String, Object> of(Alert alert) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("labels", alert.labels());
        data.put("annotations", alert.annotations());
        data.put("status", alert.status().name().toLowerCase(java.util.Locale.ROOT));
        data.put("starts_at", alert.startsAt().toString());
        alert.endsAt().ifPresent(at -> data.put("ends_at", at.toString()));
        data.put("fingerprint", alert.fingerprint());
        data.put("generator_url", alert.generatorUrl());
        data.put("group_key", alert.groupKey());
        return data;
    }
}
