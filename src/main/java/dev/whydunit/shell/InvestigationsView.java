package dev.whydunit.shell;

import dev.whydunit.cli.Application;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredInvestigation;
import dev.whydunit.report.PlainText;
import dev.whydunit.report.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The investigations: those that run first, then the newest. */
final class InvestigationsView implements View {
    private static final int MOST = 200;

    private final Application application;

    InvestigationsView(Application application) {
        this.application = application;
    }

    @Override
    public String title() {
        return "investigations";
    }

    @Override
    public List<Row> rows(TextStyle style) {
        List<StoredInvestigation> found;
        try (Archive archive = application.archive()) {
            found = new ArrayList<>(archive.list(MOST));
        }
        if (found.isEmpty()) {
            return List.of(Row.of("No investigation yet. Leave with q and try: demo, or: run slow_host"));
        }
        found.sort(Comparator.comparing(one -> one.endedAt().isPresent()));
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(line("ID", "STARTED (UTC)", "RUNBOOK", "VERDICT")));
        for (StoredInvestigation one : found) {
            String started = one.startedAt().toString().replace('T', ' ').substring(0, 19);
            String verdict = one.endedAt().isEmpty() ? "runs" : one.verdict();
            rows.add(new Row(
                    PlainText.forTerminal(line(one.id(), started, one.runbook(), verdict)),
                    Optional.of(() -> new InvestigationView(application, one.id()))));
        }
        return rows;
    }

    private static String line(String id, String started, String runbook, String verdict) {
        return String.format(Locale.ROOT, "%-20s  %-19s  %-18s  %s", id, started, runbook, verdict);
    }

    @Override
    public Map<Character, Supplier<View>> keys() {
        return Map.of();
    }

    @Override
    public String keyNames() {
        return "";
    }
}
