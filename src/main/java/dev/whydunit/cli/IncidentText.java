package dev.whydunit.cli;

import dev.whydunit.incident.Incident;
import dev.whydunit.incident.StoredAlert;
import dev.whydunit.incident.TimelineEntry;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.PlainText;
import dev.whydunit.running.IncidentData;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Incidents, for people and for programs. Titles, services and notes are strangers' texts. */
final class IncidentText {
    private static final int MOST_NAMED = 12;
    private static final int MOST_LINES = 30;

    private IncidentText() {}

    static String list(List<Incident> found, Map<String, String> assigned, Console console) {
        StringBuilder text = new StringBuilder(line(
                "%-8s  %-9s  %-8s  %-19s  %6s  %-16s  %s",
                "ID", "STATUS", "SEVERITY", "OPENED (UTC)", "ALERTS", "ORIGIN", "TITLE"));
        for (Incident incident : found) {
            String who = assigned.containsKey(incident.id()) ? " [" + assigned.get(incident.id()) + "]" : "";
            String one = line(
                    "%-8s  %-9s  %-8s  %-19s  %6d  %-16s  %s",
                    incident.id(),
                    word(incident),
                    incident.severity().word(),
                    time(incident.openedAt()),
                    incident.alerts(),
                    incident.origin().isEmpty() ? "-" : incident.origin(),
                    incident.title() + who);
            text.append(cut(one, console));
        }
        return PlainText.forTerminal(text.toString());
    }

    private static String cut(String line, Console console) {
        int most = console.outIsTerminal() ? console.width() : Integer.MAX_VALUE;
        String text = line.stripTrailing();
        return (text.length() <= most ? text : text.substring(0, most - 1) + (console.unicode() ? "…" : "~")) + "\n";
    }

    static String show(
            Incident incident,
            String assigned,
            List<TimelineEntry> timeline,
            List<StoredInvestigation> investigations) {
        StringBuilder text = new StringBuilder();
        text.append(line("%s: %s", incident.id(), incident.title()));
        text.append('\n');
        text.append(line("  %-12s%s", "status", status(incident)));
        text.append(line("  %-12s%s", "severity", incident.severity().word()));
        text.append(line(
                "  %-12s%s",
                "assigned",
                assigned.isEmpty() ? "nobody yet: whydunit incident assign " + incident.id() + " WHO" : assigned));
        text.append(line("  %-12s%s", "opened", time(incident.openedAt()) + " UTC"));
        text.append(line("  %-12s%s", "origin", incident.origin().isEmpty() ? "not known" : incident.origin()));
        text.append(line("  %-12s%s", "services", named(incident.services())));
        if (!incident.hosts().isEmpty()) {
            text.append(line("  %-12s%s", "hosts", named(incident.hosts())));
        }
        text.append(line(
                "  %-12s%d, %d of them firing",
                "alerts", incident.alerts(), incident.firing().size()));
        text.append("\nINVESTIGATIONS\n");
        for (StoredInvestigation one : investigations) {
            text.append(line("  %s  %-16s  %s", one.id(), one.runbook(), one.verdict()));
        }
        if (investigations.isEmpty()) {
            text.append("  none yet\n");
        }
        text.append("\nTIMELINE (UTC)\n");
        List<TimelineEntry> shown = timeline.size() <= MOST_LINES
                ? timeline
                : timeline.subList(timeline.size() - MOST_LINES, timeline.size());
        if (shown.size() < timeline.size()) {
            text.append(line("  … %d earlier lines; all of them: -o json", timeline.size() - shown.size()));
        }
        for (TimelineEntry entry : shown) {
            text.append(line("  %s  %-13s  %s", time(entry.at()), entry.type(), entry.text()));
        }
        return PlainText.forTerminal(text.toString());
    }

    private static String status(Incident incident) {
        return word(incident)
                + incident.mergedInto().map(into -> ": it is part of " + into).orElse("")
                + incident.resolvedAt().map(at -> " since " + time(at) + " UTC").orElse("");
    }

    private static String named(Set<String> names) {
        String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "not known"
                : names.size() <= MOST_NAMED ? some : some + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private static String word(Incident incident) {
        return incident.status().name().toLowerCase(Locale.ROOT);
    }

    private static String time(Instant at) {
        return at.toString().replace('T', ' ').substring(0, 19);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format + "%n", values);
    }

    static String json(List<Incident> found, Map<String, String> assigned) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 1);
        document.put(
                "incidents",
                found.stream()
                        .map(incident -> IncidentData.of(incident, assigned.getOrDefault(incident.id(), "")))
                        .toList());
        return written(document);
    }

    static String json(
            Incident incident,
            String assigned,
            List<TimelineEntry> timeline,
            List<StoredInvestigation> investigations,
            List<StoredAlert> alerts) {
        return written(IncidentData.whole(incident, assigned, timeline, investigations, alerts));
    }

    private static String written(Map<String, Object> document) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
