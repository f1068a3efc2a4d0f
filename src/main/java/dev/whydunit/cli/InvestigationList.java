package dev.whydunit.cli;

import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The list of investigations, for people and for programs. */
final class InvestigationList {
    private InvestigationList() {}

    static String text(List<StoredInvestigation> found, Console console) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(Locale.ROOT, "%-20s  %-20s  %-18s  %s%n", "ID", "STARTED (UTC)", "RUNBOOK", "VERDICT"));
        for (StoredInvestigation one : found) {
            String started = one.startedAt().toString().replace('T', ' ').substring(0, 19);
            text.append(PlainText.forTerminal(String.format(
                            Locale.ROOT, "%-20s  %-20s  %-18s  %s", one.id(), started, one.runbook(), verdict(one))))
                    .append('\n');
        }
        return text.toString();
    }

    private static String verdict(StoredInvestigation one) {
        String status = one.status().orElse(one.endedAt().isPresent() ? "none" : "running, or its process died");
        return one.path().isEmpty()
                ? status.replace('_', ' ')
                : status + ": " + one.path() + " (" + PlainText.percent(one.probability()) + ")";
    }

    static String json(List<StoredInvestigation> found) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (StoredInvestigation one : found) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", one.id());
            item.put("runbook", one.runbook());
            item.put("environment", one.environment());
            item.put("startedAt", one.startedAt().toString());
            one.endedAt().ifPresent(ended -> {
                item.put("endedAt", ended.toString());
                item.put("seconds", Duration.between(one.startedAt(), ended).toMillis() / 1000.0);
            });
            one.status().ifPresent(status -> item.put("status", status));
            item.put(
                    "path",
                    one.path().isEmpty() ? List.of() : List.of(one.path().split("\\.", -1)));
            item.put("probability", one.probability());
            list.add(item);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 1);
        document.put("investigations", list);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
