package dev.whydunit.report;

import dev.whydunit.engine.Event;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What speaks for and against one hypothesis, with the raw query of each, and what is not known of it. */
public final class EvidenceScreen {
    private static final int FACTOR = 6;

    private final Summary summary;
    private final String path;
    private final Bearing bearing;
    private final Screen screen;
    private final Set<String> queries = new HashSet<>();

    private EvidenceScreen(String id, List<Event> events, String path, TextStyle style) {
        this.summary = SummaryFold.of(id, events);
        this.path = path;
        this.bearing = new Bearing(summary, events, path);
        this.screen = new Screen(style);
    }

    /** What it is about when nobody says: the verdict's cause, else the leading one; empty when the runbook names none. */
    public static Optional<String> subject(Summary summary) {
        return Hypotheses.leading(summary);
    }

    /**
     * As text.
     *
     * @param id of the investigation
     * @param events from the first on
     * @param path of the hypothesis, see {@link HypothesisName#path}
     */
    public static String text(String id, List<Event> events, String path, TextStyle style) {
        return new EvidenceScreen(id, events, path, style).draw();
    }

    private String draw() {
        screen.headingAsIs(
                "EVIDENCE " + path + "  " + Wording.percent(summary.belief().getOrDefault(path, 0.0)));
        screen.paragraph("", Wording.claim(summary, path), Colour.NONE);
        side("For it", bearing.pro());
        side("Against it", bearing.contra());
        people();
        open();
        if (bearing.pro().isEmpty() && bearing.contra().isEmpty()) {
            screen.blank();
            screen.paragraph("", nothing(), Colour.DIM);
        }
        screen.commands(List.of(
                new Screen.Command("whydunit why " + path + " --of " + summary.id(), "the arithmetic"),
                new Screen.Command("whydunit next --of " + summary.id(), "what is next")));
        return screen.text();
    }

    private String nothing() {
        return summary.ending().equals("running")
                ? "No finding speaks for or against it yet."
                : "No finding speaks for or against it: its number comes from its prior and from what moved the others.";
    }

    private void side(String heading, List<Bearing.Known> side) {
        if (side.isEmpty()) {
            return;
        }
        screen.heading(heading);
        for (Bearing.Known known : side) {
            Summary.EvidenceSummary finding = known.finding();
            String factor = Columns.padded(screen.shown(Wording.factor(known.nats())), FACTOR);
            Wording.Said said = Wording.said(finding);
            screen.paragraph("  " + screen.tick(finding.outcome()) + " " + factor, said.sentence(), Colour.BOLD);
            screen.paragraph(
                    "    ",
                    finding.id()
                            + known.step().map(step -> ", " + step.kind()).orElse("")
                            + ", " + finding.at().truncatedTo(ChronoUnit.SECONDS)
                            + host(finding),
                    Colour.DIM);
            if (!known.counts()) {
                screen.paragraph("    ", "not counted: the strongest of its group counts once", Colour.YELLOW);
            }
            known.step().ifPresent(step -> {
                step.caveats().forEach(caveat -> screen.paragraph("    but: ", caveat, Colour.YELLOW));
                if (step.query().isBlank() || queries.add(step.query())) {
                    screen.query("    ", step.query(), "whydunit step " + step.id() + " --of " + summary.id());
                } else {
                    screen.line(screen.painted("    " + screen.rule() + " as above", Colour.DIM));
                }
            });
        }
    }

    private static String host(Summary.EvidenceSummary finding) {
        int at = finding.observation().indexOf('@');
        return at < 0 ? "" : ", on " + finding.observation().substring(at + 1);
    }

    private void people() {
        List<Event.RuledOut> out = bearing.byPeople();
        if (out.isEmpty()) {
            return;
        }
        screen.heading("People said");
        for (Event.RuledOut it : out) {
            String factor =
                    Columns.padded(screen.shown(Wording.factor(EvidenceSection.push(it.moved(), path))), FACTOR);
            screen.paragraph(
                    "    " + factor,
                    it.by() + " ruled out " + it.hypothesis() + (it.because().isEmpty() ? "" : ": " + it.because()),
                    Colour.NONE);
        }
    }

    private void open() {
        List<Bearing.Open> open = bearing.open();
        if (open.isEmpty()) {
            return;
        }
        screen.heading("Not known");
        for (Bearing.Open it : open) {
            screen.paragraph("  ? ", it.id() + ": " + it.why(), Colour.NONE);
            List<String> would = new ArrayList<>();
            if (it.ifTrue() != 0) {
                would.add(Wording.factor(it.ifTrue()) + " if it is so");
            }
            if (it.ifFalse() != 0) {
                would.add(Wording.factor(it.ifFalse()) + " if it is not");
            }
            if (!would.isEmpty()) {
                screen.paragraph("    ", "would be " + String.join(", ", would), Colour.DIM);
            }
        }
    }

    /** As one JSON document. */
    public static String json(String id, List<Event> events, String path) {
        Summary summary = SummaryFold.of(id, events);
        Bearing bearing = new Bearing(summary, events, path);
        Map<String, Object> document = JsonDocument.about(summary);
        document.put("hypothesis", path);
        document.put("claim", Wording.claim(summary, path));
        document.put("probability", JsonDocument.probability(summary.belief().getOrDefault(path, 0.0)));
        document.put("for", bearing.pro().stream().map(EvidenceScreen::item).toList());
        document.put(
                "against", bearing.contra().stream().map(EvidenceScreen::item).toList());
        document.put(
                "people",
                bearing.byPeople().stream()
                        .map(out -> Map.of("by", out.by(), "ruledOut", out.hypothesis(), "because", out.because()))
                        .toList());
        document.put(
                "notKnown", bearing.open().stream().map(EvidenceScreen::item).toList());
        return JsonDocument.write(document);
    }

    private static Map<String, Object> item(Bearing.Known known) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", known.finding().id());
        item.put("step", known.finding().step());
        item.put("outcome", known.finding().outcome());
        item.put("says", known.finding().says());
        item.put("nats", JsonDocument.rounded(known.nats()));
        item.put("factor", JsonDocument.rounded(Math.exp(known.nats())));
        item.put("counts", known.counts());
        item.put("at", known.finding().at().toString());
        item.put("observation", known.finding().observation());
        item.put("query", known.step().map(Summary.StepSummary::query).orElse(""));
        return item;
    }

    private static Map<String, Object> item(Bearing.Open open) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", open.id());
        item.put("why", open.why());
        item.put("natsIfTrue", JsonDocument.rounded(open.ifTrue()));
        item.put("natsIfFalse", JsonDocument.rounded(open.ifFalse()));
        return item;
    }
}
