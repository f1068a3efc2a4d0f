package dev.whydunit.report;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a summary for a terminal: the answer to "why?" first, then how sure it is, what to do, and what it was read from.
 * No line is longer than the width but those of queries, which stand unbroken so that they can be pasted. Control characters
 * in any text are shown as escapes, never sent.
 */
public final class SummaryText {
    private static final int BAR = 12;
    private static final int NAME = 26;
    private static final int PERCENT = 8;
    private static final int MAX_QUERY_LINES = 12;
    /** In nats: what moves a hypothesis by less than a twentieth is no news; the JSON has it all. */
    private static final double LEAST_MOVE = 0.05;
    private static final double WORTH_A_LINE = 0.01;
    private static final int BRIEF_ROWS = 6;

    private final Summary summary;
    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();
    private final Set<String> queries = new HashSet<>();

    private SummaryText(Summary summary, TextStyle style) {
        this.summary = summary;
        this.style = style;
    }

    /** The text, with a line feed at its end. */
    public static String write(Summary summary, TextStyle style) {
        SummaryText text = new SummaryText(summary, style);
        text.verdict();
        text.whatToDo();
        text.hypotheses();
        EvidenceSection.of(summary).forEach(text::evidence);
        text.notChecked();
        text.people();
        text.nextSteps();
        text.about();
        return text.out.toString();
    }

    /**
     * What fits on one screen: the verdict, what to do, the hypotheses that lead, and which commands say more. With a line feed at its
     * end.
     */
    public static String brief(Summary summary, TextStyle style) {
        SummaryText text = new SummaryText(summary, style);
        text.out.append('\n');
        text.verdict();
        text.whatToDo();
        if (Hypotheses.areWorthShowing(summary)) {
            text.heading("Hypotheses");
            text.rows(Hypotheses.rows(summary).stream()
                    .filter(row -> row.probability() >= WORTH_A_LINE)
                    .limit(BRIEF_ROWS)
                    .toList());
        }
        int open = summary.notChecked().size();
        if (open > 0) {
            text.paragraph("Not checked ", open + (open == 1 ? " thing: " : " things: ")
                    + summary.notChecked().stream()
                            .map(Summary.NotChecked::step)
                            .distinct()
                            .collect(Collectors.joining(", ")), Colour.YELLOW);
        }
        text.about();
        String cause = summary.verdict().path().isEmpty() ? "H" : summary.verdict().path().getLast();
        text.line(text.painted("more: evidence, why " + cause + ", tree, step ID, show", Colour.DIM));
        return text.out.toString();
    }

    private void verdict() {
        paragraph("", Wording.verdict(summary), Colour.BOLD);
        Wording.unfinished(summary).ifPresent(sentence -> paragraph("", sentence, Colour.YELLOW));
        Wording.robustness(summary.verdict()).ifPresent(sentence -> paragraph("", sentence, Colour.NONE));
        for (String path : summary.verdict().alsoFound()) {
            paragraph(
                    "",
                    "Also found: " + Wording.claim(summary, path) + " ("
                            + Wording.percent(summary.belief().getOrDefault(path, 0.0)) + ").",
                    Colour.YELLOW);
        }
        List<Wording.Row> chain = Wording.chain(summary);
        if (!chain.isEmpty()) {
            out.append('\n');
            paragraph("   symptom  ", summary.symptom(), Colour.NONE);
            Wording.seen(summary).ifPresent(says -> paragraph("            ", says, Colour.NONE));
            summary.expected().ifPresent(text -> paragraph("  expected  ", text, Colour.NONE));
            chain.forEach(row -> paragraph(
                    "      why?  ", row.claim() + " (" + Wording.percent(row.probability()) + ")", Colour.NONE));
        }
    }

    private void whatToDo() {
        Summary.VerdictSummary verdict = summary.verdict();
        if (!verdict.remedy().isEmpty() || !verdict.prevention().isEmpty()) {
            out.append('\n');
        }
        if (!verdict.remedy().isEmpty()) {
            paragraph("Remedy      ", verdict.remedy(), Colour.GREEN);
        }
        if (!verdict.prevention().isEmpty()) {
            paragraph("Prevention  ", verdict.prevention(), Colour.NONE);
        }
    }

    private void hypotheses() {
        if (!Hypotheses.areWorthShowing(summary)) {
            return;
        }
        heading("Hypotheses");
        rows(Hypotheses.rows(summary));
        int leftOut = Hypotheses.leftOut(summary);
        if (leftOut > 0) {
            line(painted("  and " + leftOut + " below those of less than 1 %", Colour.DIM));
        }
    }

    private void rows(List<Wording.Row> rows) {
        int widest = Math.min(NAME, style.width() - BAR - 2 - 2 - 1 - PERCENT);
        int name = Math.min(
                widest,
                rows.stream().mapToInt(row -> Columns.width(name(row))).max().orElse(0));
        for (Wording.Row row : rows) {
            String before = "  " + Columns.padded(Columns.cut(name(row), name, mark()), name) + "  ";
            String percent = ("%" + PERCENT + "s  ").formatted(Wording.percent(row.probability()));
            int left = style.width() - Columns.width(before) - BAR - 1 - percent.length();
            String claim = left < 12 ? "" : Columns.cut(shown(row.claim()), left, mark());
            line(before + painted(bar(row.probability()), Colour.CYAN) + " " + percent + claim);
        }
    }

    private void evidence(EvidenceSection section) {
        heading(section.heading());
        for (EvidenceSection.Group group : section.groups()) {
            for (Summary.EvidenceSummary finding : group.findings()) {
                finding(finding);
            }
            group.step().ifPresent(this::source);
        }
    }

    private void finding(Summary.EvidenceSummary finding) {
        Wording.Said said = Wording.said(finding);
        String yes = style.unicode() ? "  ✓ " : "  + ";
        String no = style.unicode() ? "  ✗ " : "  - ";
        paragraph(finding.outcome() ? yes : no, said.sentence(), Colour.NONE);
        if (!said.name().isEmpty()) {
            paragraph("      ", said.name(), Colour.DIM);
        }
        String moved = moved(finding.moved());
        if (!moved.isEmpty()) {
            paragraph("      moves ", moved, Colour.NONE);
        }
    }

    private void source(Summary.StepSummary step) {
        step.caveats().forEach(caveat -> paragraph("      but: ", caveat, Colour.YELLOW));
        query(step.query());
        step.artifacts()
                .forEach(file ->
                        paragraph("      kept: ", file.name() + ", " + Wording.bytes(file.bytes()), Colour.DIM));
    }

    private void query(String query) {
        List<String> lines = query.strip().lines().toList();
        if (lines.size() > 1 && !queries.add(query)) {
            line("      " + painted(bar() + " as above", Colour.DIM));
            return;
        }
        lines.stream()
                .limit(MAX_QUERY_LINES)
                .forEach(line -> line(painted("      " + bar() + " ", Colour.DIM)
                        + painted(shown(line.replace("\t", "    ")), Colour.CYAN)));
        if (lines.size() > MAX_QUERY_LINES) {
            line("      " + bar() + " and " + (lines.size() - MAX_QUERY_LINES)
                    + " more lines: whydunit investigation show " + summary.id() + " -o json");
        }
    }

    private void notChecked() {
        if (summary.notChecked().isEmpty()) {
            return;
        }
        heading("Not checked");
        for (Summary.NotChecked it : summary.notChecked()) {
            paragraph(bullet(), it.step() + ": " + it.why(), Colour.NONE);
        }
    }

    private void people() {
        if (!summary.people().isEmpty()) {
            heading(Wording.PEOPLE);
            summary.people().forEach(act -> paragraph(bullet(), Wording.said(act), Colour.NONE));
        }
    }

    private void nextSteps() {
        List<String> steps = Wording.nextSteps(summary);
        if (steps.isEmpty()) {
            return;
        }
        heading(Wording.nextStepsHeading(summary));
        steps.forEach(step -> paragraph(bullet(), step, Colour.NONE));
    }

    private void about() {
        out.append('\n');
        String between = style.unicode() ? " · " : " | ";
        Columns.wrapped(shown(String.join(between, Wording.about(summary))), style.width())
                .forEach(line -> line(painted(line, Colour.DIM)));
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

    /** A bar of eighths of a column; something is shown of the least, and something is missing of the greatest. */
    private String bar(double probability) {
        int eighths = Math.clamp(Math.round(probability * BAR * 8), 1, BAR * 8 - 1);
        if (!style.unicode()) {
            int full = Math.clamp(Math.round(probability * BAR), 0, BAR - 1);
            return "#".repeat(full) + ".".repeat(BAR - full);
        }
        int full = eighths / 8;
        String part = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
        return Columns.padded("█".repeat(full) + part, BAR);
    }

    private String bar() {
        return style.unicode() ? "│" : "|";
    }

    private String bullet() {
        return style.unicode() ? "  • " : "  * ";
    }

    private String mark() {
        return style.unicode() ? "…" : "...";
    }

    private void heading(String words) {
        out.append('\n');
        line(painted(words.toUpperCase(Locale.ROOT), Colour.BOLD));
    }

    /** Words broken to the width, each line but the first indented as far as the first one's beginning is long. */
    private void paragraph(String before, String words, Colour colour) {
        String indent = before;
        for (String line : Columns.wrapped(shown(words), style.width() - before.length())) {
            line(indent + painted(line, colour));
            indent = " ".repeat(before.length());
        }
    }

    private void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    private String shown(String text) {
        if (style.unicode()) {
            return ShownText.line(text);
        }
        return ShownText.asciiLine(text.replace('×', 'x').replace('÷', '/').replace('…', '~'));
    }

    private String painted(String text, Colour colour) {
        return style.colour() && colour != Colour.NONE && !text.isBlank()
                ? "\u001b[" + colour.code + "m" + text + "\u001b[0m"
                : text;
    }

    private enum Colour {
        NONE(""),
        BOLD("1"),
        DIM("2"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
