package dev.whydunit.report;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a summary for a terminal: the answer to "why?" first, then how sure it is, what to do, and what it was read from.
 * No line is longer than the width but those of queries, which stand unbroken so that they can be pasted. Control characters
 * in any text are shown as escapes, never sent.
 */
public final class SummaryText {
    private static final int NAME = 26;
    private static final int PERCENT = 8;
    /** In nats: what moves a hypothesis by less than a twentieth is no news; the JSON has it all. */
    private static final double LEAST_MOVE = 0.05;

    private static final double WORTH_A_LINE = 0.01;
    private static final int BRIEF_ROWS = 6;

    private final Summary summary;
    private final Screen screen;
    private final Set<String> queries = new HashSet<>();

    private SummaryText(Summary summary, TextStyle style) {
        this.summary = summary;
        this.screen = new Screen(style);
    }

    /** The text, with a line feed at its end. */
    public static String write(Summary summary, TextStyle style) {
        SummaryText text = new SummaryText(summary, style);
        text.verdict();
        text.whatToDo();
        text.hypotheses();
        EvidenceSection.of(summary).forEach(text::evidence);
        text.actions();
        text.notChecked();
        text.people();
        text.nextSteps();
        text.about();
        return text.screen.text();
    }

    /**
     * What fits on one screen: the verdict, what to do, the hypotheses that lead, and which commands say more. With a line feed at its
     * end.
     */
    public static String brief(Summary summary, TextStyle style) {
        SummaryText text = new SummaryText(summary, style);
        text.screen.blank();
        text.verdict();
        text.whatToDo();
        if (Hypotheses.areWorthShowing(summary)) {
            text.screen.heading("Hypotheses");
            text.rows(Hypotheses.rows(summary).stream()
                    .filter(row -> row.probability() >= WORTH_A_LINE)
                    .limit(BRIEF_ROWS)
                    .toList());
        }
        text.actions();
        int open = summary.notChecked().size();
        if (open > 0) {
            text.screen.paragraph(
                    "Not checked ",
                    open
                            + (open == 1 ? " thing: " : " things: ")
                            + summary.notChecked().stream()
                                    .map(Summary.NotChecked::step)
                                    .distinct()
                                    .collect(Collectors.joining(", ")),
                    Colour.YELLOW);
        }
        text.about();
        String cause = summary.verdict().path().isEmpty()
                ? "H"
                : summary.verdict().path().getLast();
        text.screen.line(text.screen.painted("more: evidence, why " + cause + ", tree, step ID, show", Colour.DIM));
        return text.screen.text();
    }

    /** The verdict so far, and what it was about. With a line feed at its end. */
    public static String headline(Summary summary, TextStyle style) {
        SummaryText text = new SummaryText(summary, style);
        text.verdict();
        return text.screen.text();
    }

    private void verdict() {
        screen.paragraph("", Wording.verdict(summary), Colour.BOLD);
        Wording.unfinished(summary).ifPresent(sentence -> screen.paragraph("", sentence, Colour.YELLOW));
        Wording.robustness(summary.verdict()).ifPresent(sentence -> screen.paragraph("", sentence, Colour.NONE));
        for (String path : summary.verdict().alsoFound()) {
            screen.paragraph(
                    "",
                    "Also found: " + Wording.claim(summary, path) + " ("
                            + Wording.percent(summary.belief().getOrDefault(path, 0.0)) + ").",
                    Colour.YELLOW);
        }
        List<Wording.Row> chain = Wording.chain(summary);
        if (!chain.isEmpty()) {
            screen.blank();
            screen.paragraph("   symptom  ", summary.symptom(), Colour.NONE);
            Wording.seen(summary).ifPresent(says -> screen.paragraph("            ", says, Colour.NONE));
            summary.expected().ifPresent(text -> screen.paragraph("  expected  ", text, Colour.NONE));
            chain.forEach(row -> screen.paragraph(
                    "      why?  ", row.claim() + " (" + Wording.percent(row.probability()) + ")", Colour.NONE));
        }
    }

    private void whatToDo() {
        Summary.VerdictSummary verdict = summary.verdict();
        if (!verdict.remedy().isEmpty() || !verdict.prevention().isEmpty()) {
            screen.blank();
        }
        if (!verdict.remedy().isEmpty()) {
            screen.paragraph("Remedy      ", verdict.remedy(), Colour.GREEN);
        }
        if (!verdict.prevention().isEmpty()) {
            screen.paragraph("Prevention  ", verdict.prevention(), Colour.NONE);
        }
    }

    private void hypotheses() {
        if (!Hypotheses.areWorthShowing(summary)) {
            return;
        }
        screen.heading("Hypotheses");
        rows(Hypotheses.rows(summary));
        int leftOut = Hypotheses.leftOut(summary);
        if (leftOut > 0) {
            screen.line(screen.painted("  and " + leftOut + " below those of less than 1 %", Colour.DIM));
        }
    }

    private void rows(List<Wording.Row> rows) {
        int widest = Math.min(NAME, screen.width() - Screen.BAR - 2 - 2 - 1 - PERCENT);
        int name = Math.min(
                widest,
                rows.stream().mapToInt(row -> Columns.width(name(row))).max().orElse(0));
        for (Wording.Row row : rows) {
            String before = "  " + Columns.padded(Columns.cut(name(row), name, screen.mark()), name) + "  ";
            String percent = ("%" + PERCENT + "s  ").formatted(Wording.percent(row.probability()));
            int left = screen.width() - Columns.width(before) - Screen.BAR - 1 - percent.length();
            String claim = left < 12 ? "" : Columns.cut(screen.shown(row.claim()), left, screen.mark());
            screen.line(before + screen.painted(screen.bar(row.probability()), Colour.CYAN) + " " + percent + claim);
        }
    }

    private void evidence(EvidenceSection section) {
        screen.heading(section.heading());
        for (EvidenceSection.Group group : section.groups()) {
            for (Summary.EvidenceSummary finding : group.findings()) {
                finding(finding);
            }
            group.step().ifPresent(this::source);
        }
    }

    private void finding(Summary.EvidenceSummary finding) {
        Wording.Said said = Wording.said(finding);
        screen.paragraph("  " + screen.tick(finding.outcome()) + " ", said.sentence(), Colour.NONE);
        if (!said.name().isEmpty()) {
            screen.paragraph("      ", said.name(), Colour.DIM);
        }
        String moved = moved(finding.moved());
        if (!moved.isEmpty()) {
            screen.paragraph("      moves ", moved, Colour.NONE);
        }
    }

    private void source(Summary.StepSummary step) {
        step.caveats().forEach(caveat -> screen.paragraph("      but: ", caveat, Colour.YELLOW));
        query(step.query());
        step.artifacts()
                .forEach(file ->
                        screen.paragraph("      kept: ", file.name() + ", " + Wording.bytes(file.bytes()), Colour.DIM));
    }

    private void query(String query) {
        if (query.strip().lines().count() > 1 && !queries.add(query)) {
            screen.line("      " + screen.painted(screen.rule() + " as above", Colour.DIM));
            return;
        }
        screen.query("      ", query, "whydunit investigation show " + summary.id() + " -o json");
    }

    private void notChecked() {
        if (summary.notChecked().isEmpty()) {
            return;
        }
        screen.heading("Not checked");
        for (Summary.NotChecked it : summary.notChecked()) {
            screen.paragraph(screen.bullet(), it.step() + ": " + it.why(), Colour.NONE);
        }
    }

    private void actions() {
        if (!summary.actions().isEmpty()) {
            screen.heading(Wording.ACTIONS);
            summary.actions().forEach(action -> screen.paragraph(screen.bullet(), Wording.said(action), Colour.NONE));
        }
    }

    private void people() {
        if (!summary.people().isEmpty()) {
            screen.heading(Wording.PEOPLE);
            summary.people().forEach(act -> screen.paragraph(screen.bullet(), Wording.said(act), Colour.NONE));
        }
    }

    private void nextSteps() {
        List<String> steps = Wording.nextSteps(summary);
        if (steps.isEmpty()) {
            return;
        }
        screen.heading(Wording.nextStepsHeading(summary));
        steps.forEach(step -> screen.paragraph(screen.bullet(), step, Colour.NONE));
    }

    private void about() {
        screen.blank();
        Columns.wrapped(screen.shown(String.join(screen.between(), Wording.about(summary))), screen.width())
                .forEach(line -> screen.line(screen.painted(line, Colour.DIM)));
    }

    private String moved(Map<String, Double> moved) {
        return moved.entrySet().stream()
                .filter(entry -> Math.abs(entry.getValue()) >= LEAST_MOVE)
                .map(entry -> entry.getKey() + " " + Wording.factor(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String name(Wording.Row row) {
        return "  ".repeat(row.depth()) + Hypotheses.name(row);
    }
}
