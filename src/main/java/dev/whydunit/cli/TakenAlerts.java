package dev.whydunit.cli;

import dev.whydunit.alert.Notification;
import dev.whydunit.incident.Incident;
import dev.whydunit.report.SummaryJson;
import dev.whydunit.running.IncidentData;
import dev.whydunit.running.LocalIntake;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** What became of a payload that {@code alert send} took in, as people and scripts are told. */
record TakenAlerts(LocalIntake intake, LocalIntake.Taken taken, Notification notification) {
    /** For people. What is due is named as what waits, or as what is run now. */
    String text(boolean waits) throws SQLException {
        int known = notification.alerts().size() - taken.accepted().accepted();
        StringBuilder text = new StringBuilder("accepted " + taken.accepted().accepted() + " of "
                + notification.alerts().size() + " alerts" + (known > 0 ? "; " + known + " known already" : "")
                + (notification.refused().isEmpty()
                        ? ""
                        : "; " + notification.refused().size() + " could not be read")
                + "\n");
        for (Incident incident : incidents()) {
            text.append(incident.id())
                    .append(": ")
                    .append(incident.title())
                    .append(" (")
                    .append(incident.severity().word())
                    .append(", ")
                    .append(incident.status().name().toLowerCase(Locale.ROOT))
                    .append(incident.origin().isEmpty() ? "" : ", origin " + incident.origin())
                    .append(")\n");
        }
        for (String id : taken.due()) {
            text.append(waits ? "due: whydunit investigation resume " : "investigation ")
                    .append(id)
                    .append('\n');
        }
        return text.toString();
    }

    private List<Incident> incidents() throws SQLException {
        TreeSet<String> ids = new TreeSet<>(taken.accepted().touched());
        taken.accepted().incident().ifPresent(ids::add);
        List<Incident> incidents = new ArrayList<>();
        for (String id : ids) {
            intake.incidents().incident(id).ifPresent(incidents::add);
        }
        return incidents;
    }

    /** All of it as one JSON document. */
    String json(List<Application.Carried> ended) throws SQLException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 1);
        document.put("accepted", taken.accepted().accepted());
        document.put("known", notification.alerts().size() - taken.accepted().accepted());
        document.put("incident", taken.accepted().incident().orElse(null));
        document.put(
                "incidents",
                incidents().stream()
                        .map(incident -> IncidentData.of(incident, ""))
                        .toList());
        document.put("due", taken.due());
        document.put(
                "investigations",
                ended.stream()
                        .map(one -> JsonMapper.shared().readTree(SummaryJson.write(one.summary())))
                        .toList());
        document.put("refused", notification.listedRefused());
        document.put("notes", notification.notes());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
