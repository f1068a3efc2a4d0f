package dev.whydunit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a summary as one HTML file that needs nothing else: no script, no image, no address; its style sheet is the only thing
 * that its Content-Security-Policy allows, by hash. All text is escaped. Reads well in light, in dark and on paper.
 */
public final class SummaryHtml {
    private static final String STYLE = HtmlPage.style("summary.css");
    private static final String POLICY =
            "default-src 'none'; " + HtmlPage.allowing(STYLE) + "; base-uri 'none'; form-action 'none'";

    private final Summary summary;
    private final StringBuilder out = new StringBuilder();

    private SummaryHtml(Summary summary) {
        this.summary = summary;
    }

    /** The document, with a line feed at its end. */
    public static String write(Summary summary) {
        HtmlPage page = new HtmlPage(Wording.verdict(summary), STYLE, Optional.of(POLICY));
        page.html(body(summary));
        return page.end();
    }

    /** What stands in the document, for one that has more. */
    static String body(Summary summary) {
        SummaryHtml html = new SummaryHtml(summary);
        html.line("<main>");
        html.verdict();
        html.hypotheses();
        EvidenceSection.of(summary).forEach(html::evidence);
        html.actions();
        html.notChecked();
        html.people();
        html.nextSteps();
        html.foot();
        return html.out.toString();
    }

    private void verdict() {
        Summary.VerdictSummary verdict = summary.verdict();
        String status = verdict.status().replace('_', ' ');
        line("<header>");
        line("<p class=\"runbook\">" + HtmlText.escaped(summary.title().isEmpty() ? summary.runbook() : summary.title())
                + " <span class=\"status\">" + HtmlText.escaped(status) + "</span></p>");
        line("<h1>" + HtmlText.escaped(Wording.verdict(summary)).replace(" %", "&nbsp;%") + "</h1>");
        Wording.unfinished(summary)
                .ifPresent(sentence -> line("<p class=\"warn\">" + HtmlText.escaped(sentence) + "</p>"));
        Wording.robustness(verdict).ifPresent(sentence -> line("<p>" + HtmlText.escaped(sentence) + "</p>"));
        for (String path : verdict.alsoFound()) {
            line("<p class=\"warn\"><b>Also found:</b> " + HtmlText.escaped(Wording.claim(summary, path)) + " ("
                    + percent(summary.belief().getOrDefault(path, 0.0)) + ").</p>");
        }
        line("</header>");
        List<Wording.Row> chain = Wording.chain(summary);
        if (!chain.isEmpty()) {
            line("<dl class=\"chain\">");
            entry(
                    "Symptom",
                    HtmlText.escaped(summary.symptom())
                            + Wording.seen(summary)
                                    .map(says -> "<br>" + HtmlText.escaped(says))
                                    .orElse(""));
            summary.expected().ifPresent(text -> entry("Expected", HtmlText.escaped(text)));
            chain.forEach(row -> entry(
                    "Why?",
                    HtmlText.escaped(row.claim()) + " <span class=\"p\">" + percent(row.probability()) + "</span>"));
            line("</dl>");
        }
        if (!verdict.remedy().isEmpty() || !verdict.prevention().isEmpty()) {
            line("<dl class=\"todo\">");
            if (!verdict.remedy().isEmpty()) {
                entry("Remedy", HtmlText.escaped(verdict.remedy()));
            }
            if (!verdict.prevention().isEmpty()) {
                entry("Prevention", HtmlText.escaped(verdict.prevention()));
            }
            line("</dl>");
        }
    }

    private void hypotheses() {
        if (!Hypotheses.areWorthShowing(summary)) {
            return;
        }
        line("<section>");
        line("<h2>Hypotheses</h2>");
        line("<table>");
        line("<thead><tr><th scope=\"col\">Hypothesis</th><th scope=\"col\" class=\"bar\" aria-hidden=\"true\"></th>"
                + "<th scope=\"col\" class=\"p\">Probability</th><th scope=\"col\">Claim</th></tr></thead>");
        line("<tbody>");
        String cause = String.join(".", summary.verdict().path());
        for (Wording.Row row : Hypotheses.rows(summary)) {
            boolean onPath = (cause + ".").startsWith(row.path() + ".");
            line("<tr" + (onPath ? " class=\"cause\"" : "") + "><td class=\"d" + Math.min(row.depth(), 5) + "\">"
                    + HtmlText.escaped(Hypotheses.name(row)) + "</td><td class=\"bar\">" + bar(row.probability())
                    + "</td><td class=\"p\">" + percent(row.probability()) + "</td><td>"
                    + HtmlText.escaped(row.claim()) + "</td></tr>");
        }
        line("</tbody>");
        line("</table>");
        int leftOut = Hypotheses.leftOut(summary);
        if (leftOut > 0) {
            line("<p class=\"quiet\">And " + leftOut + " below those of less than 1 %.</p>");
        }
        line("</section>");
    }

    private void evidence(EvidenceSection section) {
        line("<section>");
        line("<h2>" + HtmlText.escaped(section.heading()) + "</h2>");
        for (EvidenceSection.Group group : section.groups()) {
            line("<article>");
            group.findings().forEach(this::finding);
            group.step().ifPresent(this::source);
            line("</article>");
        }
        line("</section>");
    }

    private void finding(Summary.EvidenceSummary finding) {
        Wording.Said said = Wording.said(finding);
        line("<p class=\"finding " + (finding.outcome() ? "true" : "false") + "\"><span class=\"sign\">"
                + (finding.outcome() ? "✓" : "✗") + "</span>" + HtmlText.escaped(said.sentence()) + "</p>");
        List<String> details = new ArrayList<>();
        if (!said.name().isEmpty()) {
            details.add("<code>" + HtmlText.escaped(said.name()) + "</code>");
        }
        if (!finding.moved().isEmpty()) {
            details.add("moves " + moved(finding.moved()));
        }
        details.add("read " + HtmlText.escaped(finding.at().toString()));
        line("<p class=\"quiet\">" + String.join(" · ", details) + "</p>");
    }

    private void source(Summary.StepSummary step) {
        step.caveats().forEach(caveat -> line("<p class=\"warn\">But: " + HtmlText.escaped(caveat) + "</p>"));
        if (!step.query().isBlank()) {
            line(HtmlPage.block(step.query()));
        }
        step.artifacts()
                .forEach(file -> line("<p class=\"quiet\">Kept: " + HtmlText.escaped(file.name()) + ", "
                        + Wording.bytes(file.bytes()) + ", SHA-256 <code>" + HtmlText.escaped(file.sha256())
                        + "</code></p>"));
    }

    private void notChecked() {
        if (summary.notChecked().isEmpty()) {
            return;
        }
        line("<section>");
        line("<h2>Not checked</h2>");
        line("<ul>");
        for (Summary.NotChecked it : summary.notChecked()) {
            line("<li><b>" + HtmlText.escaped(it.step()) + ":</b> " + HtmlText.escaped(it.why()) + "</li>");
        }
        line("</ul>");
        line("</section>");
    }

    private void actions() {
        if (summary.actions().isEmpty()) {
            return;
        }
        line("<section>");
        line("<h2>" + Wording.ACTIONS + "</h2>");
        line("<ul>");
        summary.actions().forEach(action -> line("<li>" + HtmlText.escaped(Wording.said(action)) + "</li>"));
        line("</ul>");
        line("</section>");
    }

    private void people() {
        if (summary.people().isEmpty()) {
            return;
        }
        line("<section>");
        line("<h2>" + Wording.PEOPLE + "</h2>");
        line("<ul>");
        summary.people().forEach(act -> line("<li>" + HtmlText.escaped(Wording.said(act)) + "</li>"));
        line("</ul>");
        line("</section>");
    }

    private void nextSteps() {
        List<String> steps = Wording.nextSteps(summary);
        if (steps.isEmpty()) {
            return;
        }
        line("<section>");
        line("<h2>" + Wording.nextStepsHeading(summary) + "</h2>");
        line("<ul>");
        steps.forEach(step -> line("<li>" + HtmlText.escaped(step) + "</li>"));
        line("</ul>");
        line("</section>");
    }

    private void foot() {
        line("</main>");
        line("<footer>" + Wording.about(summary).stream().map(HtmlText::escaped).collect(Collectors.joining(" · "))
                + "</footer>");
    }

    private static String moved(Map<String, Double> moved) {
        return moved.entrySet().stream()
                .map(entry ->
                        "<code>" + HtmlText.escaped(entry.getKey()) + "</code> " + Wording.factor(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** A drawing, since the policy allows no style attributes. */
    private static String bar(double probability) {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect class=\"all\" width=\"100\" height=\"8\"/><rect class=\"part\" width=\"%.1f\" height=\"8\"/></svg>",
                Math.clamp(probability * 100, 0.5, 99.5));
    }

    private void entry(String term, String html) {
        line("<div><dt>" + term + "</dt><dd>" + html + "</dd></div>");
    }

    private static String percent(double probability) {
        return HtmlText.escaped(Wording.percent(probability)).replace(" %", "&nbsp;%");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
