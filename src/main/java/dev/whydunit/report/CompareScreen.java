package dev.whydunit.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two investigations beside each other: their verdicts, beliefs, findings and step times, as far as these differ. */
public final class CompareScreen {
    /** A belief that differs by less is the same to a reader. */
    private static final double WORTH_SAYING = 0.005;

    private static final int NUMBER = 9;
    private static final int MOST_NAME = 46;

    private final Summary one;
    private final Summary another;
    private final Screen screen;

    private CompareScreen(Summary one, Summary another, TextStyle style) {
        this.one = one;
        this.another = another;
        this.screen = new Screen(style);
    }

    /** As text. */
    public static String text(Summary one, Summary another, TextStyle style) {
        return new CompareScreen(one, another, style).draw();
    }

    private String draw() {
        about("A", one);
        about("B", another);
        if (!one.runbook().equals(another.runbook())) {
            screen.paragraph("", "These are of different runbooks: what has the same name may differ.", Colour.YELLOW);
        } else if (!one.version().equals(another.version())) {
            screen.paragraph(
                    "",
                    "The runbook's version differs: " + one.version() + " and " + another.version() + ".",
                    Colour.YELLOW);
        }
        inputs();
        beliefs();
        findings();
        times();
        screen.commands(List.of(
                new Screen.Command("whydunit evidence --of " + one.id(), "A's evidence"),
                new Screen.Command("whydunit evidence --of " + another.id(), "B's evidence")));
        return screen.text();
    }

    private void about(String letter, Summary summary) {
        screen.paragraph(letter + "  ", Wording.verdict(summary), Colour.BOLD);
        screen.paragraph("   ", String.join(", ", Wording.about(summary)), Colour.DIM);
    }

    private void inputs() {
        Set<String> names = union(one.inputs().keySet(), another.inputs().keySet());
        names.removeIf(name -> said(one, name).equals(said(another, name)));
        if (!names.isEmpty()) {
            screen.heading("Inputs that differ");
            names.forEach(name -> screen.paragraph(
                    "  ", name + ": A " + said(one, name) + ", B " + said(another, name), Colour.NONE));
        }
    }

    private static String said(Summary summary, String input) {
        return summary.inputs().containsKey(input)
                ? String.valueOf(summary.inputs().get(input))
                : "has none";
    }

    private void beliefs() {
        screen.heading("Belief that differs");
        List<String> paths = differing(one, another);
        if (paths.isEmpty()) {
            screen.paragraph("  ", "None by more than 0.5 %.", Colour.DIM);
            return;
        }
        head("hypothesis");
        for (String path : paths) {
            Optional<Double> a = Optional.ofNullable(one.belief().get(path));
            Optional<Double> b = Optional.ofNullable(another.belief().get(path));
            row(
                    path,
                    a.map(Wording::percent).orElse("-"),
                    b.map(Wording::percent).orElse("-"),
                    a.isPresent() && b.isPresent()
                            ? String.format(Locale.ROOT, "%+.1f", (b.get() - a.get()) * 100)
                            : "");
        }
    }

    /** The nodes that are not in both, or not as probable. */
    private static List<String> differing(Summary one, Summary another) {
        return union(one.belief().keySet(), another.belief().keySet()).stream()
                .filter(path -> {
                    Double a = one.belief().get(path);
                    Double b = another.belief().get(path);
                    return a == null || b == null || Math.abs(a - b) >= WORTH_SAYING;
                })
                .toList();
    }

    private void findings() {
        screen.heading("Findings that differ");
        List<String> ids = differingFindings(one, another);
        if (ids.isEmpty()) {
            screen.paragraph("  ", "None.", Colour.DIM);
        }
        for (String id : ids) {
            screen.paragraph("  ", id, Colour.BOLD);
            side("A", one, id);
            side("B", another, id);
        }
    }

    private void side(String letter, Summary summary, String id) {
        Optional<Summary.EvidenceSummary> finding = finding(summary, id);
        String tick = finding.map(it -> screen.tick(it.outcome())).orElse("?");
        screen.paragraph(
                "    " + letter + " " + tick + " ",
                finding.map(it -> Wording.said(it).sentence()).orElse("not known"),
                Colour.NONE);
    }

    private static Optional<Summary.EvidenceSummary> finding(Summary summary, String id) {
        return summary.evidence().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    private static List<String> differingFindings(Summary one, Summary another) {
        Set<String> ids = new LinkedHashSet<>();
        one.evidence().forEach(it -> ids.add(it.id()));
        another.evidence().forEach(it -> ids.add(it.id()));
        return ids.stream()
                .filter(id -> !finding(one, id)
                        .map(Summary.EvidenceSummary::outcome)
                        .equals(finding(another, id).map(Summary.EvidenceSummary::outcome)))
                .toList();
    }

    private void times() {
        Map<String, Double> a = seconds(one);
        Map<String, Double> b = seconds(another);
        screen.heading("Step times");
        head("step");
        for (String step : union(a.keySet(), b.keySet())) {
            Optional<Double> first = Optional.ofNullable(a.get(step));
            Optional<Double> second = Optional.ofNullable(b.get(step));
            row(
                    step,
                    first.map(Wording::seconds).orElse("not run"),
                    second.map(Wording::seconds).orElse("not run"),
                    first.isPresent() && second.isPresent()
                            ? String.format(Locale.ROOT, "%+.1f", second.get() - first.get())
                            : "");
        }
        if (a.isEmpty() && b.isEmpty()) {
            screen.paragraph("  ", "No step has run.", Colour.DIM);
        }
    }

    /** What each step took, on all of its targets together. */
    private static Map<String, Double> seconds(Summary summary) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        summary.steps().stream()
                .filter(step -> step.startedAt().isPresent())
                .forEach(step -> seconds.merge(step.id(), step.seconds(), Double::sum));
        return seconds;
    }

    private void head(String name) {
        int room = room();
        screen.line("  "
                + screen.painted(Columns.padded(name, room) + "%9s%9s%9s".formatted("A", "B", "B - A"), Colour.DIM));
    }

    private void row(String name, String a, String b, String difference) {
        int room = room();
        screen.line("  " + Columns.padded(screen.path(name, room), room) + "%9s%9s%9s".formatted(a, b, difference));
    }

    private int room() {
        return Math.min(MOST_NAME, screen.width() - 2 - 3 * NUMBER);
    }

    private static Set<String> union(Set<String> one, Set<String> another) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(another);
        return all;
    }

    /** As one JSON document. */
    public static String json(Summary one, Summary another) {
        Map<String, Object> document = JsonDocument.begun();
        document.put("a", side(one));
        document.put("b", side(another));
        Map<String, Object> belief = new LinkedHashMap<>();
        for (String path : differing(one, another)) {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("a", Optional.ofNullable(one.belief().get(path)).map(JsonDocument::probability));
            both.put("b", Optional.ofNullable(another.belief().get(path)).map(JsonDocument::probability));
            belief.put(path, both);
        }
        document.put("belief", belief);
        List<Map<String, Object>> findings = new ArrayList<>();
        for (String id : differingFindings(one, another)) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", id);
            item.put("a", finding(one, id).map(Summary.EvidenceSummary::outcome));
            item.put("b", finding(another, id).map(Summary.EvidenceSummary::outcome));
            findings.add(item);
        }
        document.put("findings", findings);
        return JsonDocument.write(document);
    }

    private static Map<String, Object> side(Summary summary) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("id", summary.id());
        side.put("runbook", summary.runbook());
        side.put("version", summary.version());
        side.put("inputs", summary.inputs());
        side.put("status", summary.verdict().status());
        side.put("path", summary.verdict().path());
        side.put("seconds", JsonDocument.rounded(seconds(summary)));
        return side;
    }
}
