package dev.whydunit.shell;

import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.cli.Application;
import dev.whydunit.engine.Event;
import dev.whydunit.journal.Archive;
import dev.whydunit.journal.StoredEvents;
import dev.whydunit.report.EvidenceScreen;
import dev.whydunit.report.NextScreen;
import dev.whydunit.report.PlainText;
import dev.whydunit.report.StepScreen;
import dev.whydunit.report.Summary;
import dev.whydunit.report.SummaryFold;
import dev.whydunit.report.SummaryText;
import dev.whydunit.report.TextStyle;
import dev.whydunit.report.Timeline;
import dev.whydunit.report.TreeScreen;
import dev.whydunit.report.WhyScreen;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One investigation: what is known, its steps, its hypotheses. */
final class InvestigationView implements View {
    private static final int BAR = 12;

    private final Application application;
    private final String id;

    InvestigationView(Application application, String id) {
        this.application = application;
        this.id = id;
    }

    @Override
    public String title() {
        return "investigation " + id;
    }

    private List<Event> events() {
        try (Archive archive = application.archive()) {
            StoredEvents stored = archive.events(id);
            return stored.events();
        }
    }

    @Override
    public List<Row> rows(TextStyle style) {
        List<Event> events = events();
        if (events.isEmpty()) {
            return List.of(Row.of("It has not begun yet."));
        }
        Summary summary = SummaryFold.of(id, events);
        List<Row> rows = new ArrayList<>();
        SummaryText.headline(summary, style).lines().map(Row::of).forEach(rows::add);
        rows.add(Row.of(""));
        rows.add(Row.of("STEPS"));
        NextScreen.running(events)
                .forEach(step -> rows.add(step(step, (style.unicode() ? "◐ " : "o ") + pad(step) + "  runs")));
        for (Summary.StepSummary step : summary.steps()) {
            rows.add(step(step.id(), line(step, summary, style)));
        }
        rows.add(Row.of(""));
        rows.add(Row.of("HYPOTHESES"));
        summary.belief().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(node -> rows.add(new Row(
                        hypothesis(node.getKey(), node.getValue(), style),
                        Optional.of(() ->
                                text("why " + node.getKey(), it -> WhyScreen.text(id, events(), node.getKey(), it))))));
        return rows;
    }

    private Row step(String step, String line) {
        return new Row(
                line,
                Optional.of(() ->
                        text("step " + step, it -> StepScreen.text(id, events(), step, file -> Optional.empty(), it))));
    }

    private static String line(Summary.StepSummary step, Summary summary, TextStyle style) {
        Optional<String> says = summary.evidence().stream()
                .filter(seen -> seen.step().equals(step.id()) && seen.outcome())
                .map(Summary.EvidenceSummary::says)
                .findFirst();
        boolean ended = step.status().equals("ended");
        String mark = ended ? says.isPresent() ? mark(style, "●", "*") : mark(style, "✓", "+") : mark(style, "✗", "x");
        String rest = ended
                ? String.format(Locale.ROOT, "%6.2f s  %s", step.seconds(), says.orElse(""))
                : step.status().replace('_', ' ') + ": "
                        + step.error().or(() -> Optional.of(step.why())).orElse("");
        return PlainText.forTerminal(mark + " " + pad(step.id()) + "  " + rest).replace('\n', ' ');
    }

    private static String mark(TextStyle style, String unicode, String ascii) {
        return style.unicode() ? unicode : ascii;
    }

    private static String pad(String step) {
        return step + " ".repeat(Math.max(0, 20 - step.length()));
    }

    private static String hypothesis(String path, double probability, TextStyle style) {
        String bar = Bar.of(probability, BAR, style.unicode());
        return String.format(Locale.ROOT, "  %s %8s  %s", bar, PlainText.percent(probability), path);
    }

    private TextView text(String name, Function<TextStyle, String> text) {
        return new TextView(name + "  " + id, text);
    }

    @Override
    public Map<Character, Supplier<View>> keys() {
        Map<Character, Supplier<View>> keys = new LinkedHashMap<>();
        keys.put('t', () -> text("tree", style -> TreeScreen.text(id, events(), style)));
        keys.put('e', () -> text("evidence", style -> EvidenceScreen.text(id, events(), leading(), style)));
        keys.put('s', () -> text("summary", style -> SummaryText.write(SummaryFold.of(id, events()), style)));
        keys.put('l', () -> text("timeline", style -> Timeline.text(events(), style, ZoneId.systemDefault())));
        return keys;
    }

    private String leading() {
        return EvidenceScreen.subject(SummaryFold.of(id, events())).orElse(HypothesisTree.OTHER);
    }

    @Override
    public String keyNames() {
        return "t tree  e evidence  s summary  l timeline";
    }
}
