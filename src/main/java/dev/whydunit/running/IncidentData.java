package dev.whydunit.running;

import dev.whydunit.incident.Incident;
import dev.whydunit.incident.StoredAlert;
import dev.whydunit.incident.TimelineEntry;
import dev.whydunit.journal.StoredInvestigation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Incidents, alerts and investigations as plain data, with the names that the API and {@code -o json} use. */
public final class IncidentData {
    /** How many of an incident's alerts are shown with it. */
    public static final int NEWEST = 100;

    private IncidentData() {}

    /** An incident without its history. */
    public static Map<String, Object> of(Incident incident, String assigned) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("schemaVersion", 1);
        shown.put("id", incident.id());
        shown.put("status", incident.status().name().toLowerCase(Locale.ROOT));
        shown.put("title", incident.title());
        shown.put("severity", incident.severity().word());
        shown.put("assigned", assigned.isEmpty() ? null : assigned);
        shown.put("origin", incident.origin().isEmpty() ? null : incident.origin());
        shown.put("services", incident.services());
        shown.put("hosts", incident.hosts());
        shown.put("alerts", incident.alerts());
        shown.put("firing", incident.firing().size());
        shown.put("openedAt", incident.openedAt().toString());
        shown.put("lastAlertAt", incident.lastAlertAt().toString());
        shown.put("resolvedAt", incident.resolvedAt().map(Instant::toString).orElse(null));
        shown.put("mergedInto", incident.mergedInto().orElse(null));
        return shown;
    }

    /** An incident with its timeline, its investigations and its newest alerts. */
    public static Map<String, Object> whole(
            Incident incident,
            String assigned,
            List<TimelineEntry> timeline,
            List<StoredInvestigation> investigations,
            List<StoredAlert> alerts) {
        Map<String, Object> shown = of(incident, assigned);
        shown.put(
                "timeline",
                timeline.stream()
                        .map(entry -> {
                            Map<String, Object> line = new LinkedHashMap<>();
                            line.put("seq", entry.seq());
                            line.put("at", entry.at().toString());
                            line.put("type", entry.type());
                            line.put("text", entry.text());
                            return line;
                        })
                        .toList());
        shown.put(
                "investigations", investigations.stream().map(IncidentData::of).toList());
        shown.put("newestAlerts", alerts.stream().map(IncidentData::of).toList());
        return shown;
    }

    /** A line of the list of investigations. */
    public static Map<String, Object> of(StoredInvestigation investigation) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", investigation.id());
        shown.put("runbook", investigation.runbook());
        shown.put("environment", investigation.environment());
        shown.put("startedAt", investigation.startedAt().toString());
        shown.put("endedAt", investigation.endedAt().map(Instant::toString).orElse(null));
        shown.put("status", investigation.status().orElse(null));
        shown.put("path", investigation.path());
        shown.put("probability", investigation.probability());
        return shown;
    }

    /** An alert that was accepted. */
    public static Map<String, Object> of(StoredAlert stored) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", stored.id());
        shown.put("receiver", stored.receiver());
        shown.put("receivedAt", stored.receivedAt().toString());
        shown.put("incident", stored.incident().isEmpty() ? null : stored.incident());
        shown.put("fingerprint", stored.alert().fingerprint());
        shown.put("alert", AlertData.of(stored.alert()));
        return shown;
    }
}
