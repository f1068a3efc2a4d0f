package dev.whydunit.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** An alert as Alertmanager sends it to a webhook (payload version 4). */
record FiredAlert(String instance, double p95, double objective, Instant at) {
    byte[] payload() {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "alertname",
                "HighLatency",
                "severity",
                "critical",
                "service",
                Shop.NAME,
                "instance",
                instance,
                "team",
                "shop"));
        Map<String, String> annotations = new TreeMap<>(Map.of(
                "summary",
                "Pages of the shop are slow",
                "description",
                String.format(Locale.ROOT, "p95 is %.3f s, the objective is %.3f s", p95, objective)));
        Map<String, String> group = Map.of("alertname", "HighLatency");
        Map<String, Object> alert = new TreeMap<>(Map.of(
                "status",
                "firing",
                "labels",
                labels,
                "annotations",
                annotations,
                "startsAt",
                at.truncatedTo(ChronoUnit.MILLIS).toString(),
                "endsAt",
                "0001-01-01T00:00:00Z",
                "generatorURL",
                "http://" + instance + "/metrics",
                "fingerprint",
                String.format("%016x", labels.hashCode() & 0xffffffffL)));
        return JsonMapper.shared()
                .writeValueAsBytes(new TreeMap<>(Map.of(
                        "version",
                        "4",
                        "groupKey",
                        "{}:{alertname=\"HighLatency\"}",
                        "truncatedAlerts",
                        0,
                        "status",
                        "firing",
                        "receiver",
                        "whydunit",
                        "groupLabels",
                        group,
                        "commonLabels",
                        labels,
                        "commonAnnotations",
                        annotations,
                        "externalURL",
                        "http://" + instance,
                        "alerts",
                        List.of(alert))));
    }
}
