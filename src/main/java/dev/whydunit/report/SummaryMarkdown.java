package dev.whydunit.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a summary as Markdown (CommonMark with tables), for tickets and chats. All text in it is escaped: it shows as
 * it is and makes no links, images, headings or HTML.
 */
public final class SummaryMarkdown {
    private final Summary summary;
    private final StringBuilder out = new StringBuilder();

    private SummaryMarkdown(Summary summary) {
        this.summary = summary;
    }

    /** The document, with a line feed at its end. */
    public static String write(Summary summary) {
        SummaryMarkdown markdown = new SummaryMarkdown(summary);
        markdown.verdict();
        markdown.hypotheses();
        EvidenceSection.of(summary).forEach(markdown::evidence);
        markdown.actions();
        markdown.notChecked();
        markdown.people();
        markdown.nextSteps();
        markdown.about();
        return markdown.out.toString();
    }

    private void verdict() {
        block("# " + MarkdownText.escaped(Wording.verdict(summary)));
        Wording.unfinished(summary).ifPresent(sentence -> block("**" + MarkdownText.escaped(sentence) + "**"));
        Wording.robustness(summary.verdict()).ifPresent(sentence -> block(MarkdownText.escaped(sentence)));
        for (String path : summary.verdict().alsoFound()) {
            block("**Also found:** " + MarkdownText.escaped(Wording.claim(summary, path)) + " ("
                    + percent(summary.belief().getOrDefault(path, 0.0)) + ").");
        }
        List<Wording.Row> chain = Wording.chain(summary);
        if (!chain.isEmpty()) {
            line("- **Symptom:** " + MarkdownText.escaped(summary.symptom())
                    + Wording.seen(summary)
                            .map(says -> "; " + MarkdownText.escaped(says))
                            .orElse("")
                    + summary.expected()
                            .map(text -> "; expected: " + MarkdownText.escaped(text))
                            .orElse(""));
            chain.forEach(row -> line("  ".repeat(row.depth() + 1) + "- **Why?** " + MarkdownText.escaped(row.claim())
                    + " (" + percent(row.probability()) + ")"));
            line("");
        }
        if (!summary.verdict().remedy().isEmpty()) {
            block("**Remedy:** " + MarkdownText.escaped(summary.verdict().remedy()));
        }
        if (!summary.verdict().prevention().isEmpty()) {
            block("**Prevention:** " + MarkdownText.escaped(summary.verdict().prevention()));
        }
    }

    private void hypotheses() {
        if (!Hypotheses.areWorthShowing(summary)) {
            return;
        }
        block("## Hypotheses");
        line("| Hypothesis | Probability | Claim |");
        line("| --- | ---: | --- |");
        for (Wording.Row row : Hypotheses.rows(summary)) {
            line("| " + "&emsp;".repeat(row.depth()) + MarkdownText.escaped(Hypotheses.name(row)) + " | "
                    + percent(row.probability()) + " | " + MarkdownText.escaped(row.claim()) + " |");
        }
        line("");
        int leftOut = Hypotheses.leftOut(summary);
        if (leftOut > 0) {
            block("And " + leftOut + " below those of less than 1 %.");
        }
    }

    private void evidence(EvidenceSection section) {
        block("## " + section.heading());
        for (EvidenceSection.Group group : section.groups()) {
            for (Summary.EvidenceSummary finding : group.findings()) {
                line("- " + finding(finding));
            }
            line("");
            group.step().ifPresent(this::source);
        }
    }

    private static String finding(Summary.EvidenceSummary finding) {
        Wording.Said said = Wording.said(finding);
        return (finding.outcome() ? "✓ **" : "✗ **") + MarkdownText.escaped(said.sentence()) + "**"
                + (said.name().isEmpty() ? "" : " (" + MarkdownText.escaped(said.name()) + ")")
                + (finding.moved().isEmpty() ? "" : "; moves " + moved(finding.moved()));
    }

    private void source(Summary.StepSummary step) {
        step.caveats().forEach(caveat -> block("But: " + MarkdownText.escaped(caveat)));
        if (!step.query().isBlank()) {
            block(MarkdownText.fenced(step.query()));
        }
        step.artifacts()
                .forEach(file -> block("Kept: " + MarkdownText.escaped(file.name()) + ", " + Wording.bytes(file.bytes())
                        + ", SHA-256 " + MarkdownText.escaped(file.sha256())));
    }

    private void notChecked() {
        if (summary.notChecked().isEmpty()) {
            return;
        }
        block("## Not checked");
        for (Summary.NotChecked it : summary.notChecked()) {
            line("- **" + MarkdownText.escaped(it.step()) + ":** " + MarkdownText.escaped(it.why()));
        }
        line("");
    }

    private void actions() {
        if (!summary.actions().isEmpty()) {
            block("## " + Wording.ACTIONS);
            summary.actions().forEach(action -> line("- " + MarkdownText.escaped(Wording.said(action))));
            line("");
        }
    }

    private void people() {
        if (!summary.people().isEmpty()) {
            block("## " + Wording.PEOPLE);
            summary.people().forEach(act -> line("- " + MarkdownText.escaped(Wording.said(act))));
            line("");
        }
    }

    private void nextSteps() {
        List<String> steps = Wording.nextSteps(summary);
        if (steps.isEmpty()) {
            return;
        }
        block("## " + Wording.nextStepsHeading(summary));
        steps.forEach(step -> line("- " + MarkdownText.escaped(step)));
        line("");
    }

    private void about() {
        line("---");
        line("");
        line(Wording.about(summary).stream().map(MarkdownText::escaped).collect(Collectors.joining(" · ")));
    }

    private static String moved(Map<String, Double> moved) {
        return moved.entrySet().stream()
                .map(entry -> MarkdownText.escaped(entry.getKey()) + " " + Wording.factor(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String percent(double probability) {
        return Wording.percent(probability).replace("<", "\\<").replace(">", "\\>");
    }

    private void block(String text) {
        line(text);
        line("");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
