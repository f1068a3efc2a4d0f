package dev.whydunit.report;

import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the next shift must know: the situation, the verdict and how sure it is, what is open, and how to go on. */
public final class HandOver {
    private static final int STRONGEST = 3;
    private static final int MOST_RULED_OUT = 8;
    private static final int MOST_OPEN = 10;
    private static final int MOST_QUERY_LINES = 4;

    /** What began above the first and ended below the second was made improbable by evidence. */
    private static final double ONCE_LIKELY = 0.05;

    private static final double IMPROBABLE = 0.01;

    /**
     * One part of it.
     *
     * @param lines one item each; where there are none, the sentence of the empty state
     * @param empty what is said when there are none
     */
    private record Part(String key, String heading, List<String> lines, String empty) {}

    /** Evidence with the query that gave it. */
    private record Proof(String sentence, String query) {}

    private final Summary summary;
    private final List<Event> events;
    private final Optional<String> subject;

    private HandOver(String id, List<Event> events) {
        this.summary = SummaryFold.of(id, events);
        this.events = events;
        this.subject = Hypotheses.leading(summary);
    }

    /** As text. */
    public static String text(String id, List<Event> events, TextStyle style) {
        HandOver it = new HandOver(id, events);
        Screen screen = new Screen(style);
        screen.paragraph("", it.situation(), Colour.BOLD);
        it.sure().forEach(sentence -> screen.paragraph("", sentence, Colour.NONE));
        screen.heading("Strongest evidence");
        if (it.proofs().isEmpty()) {
            screen.paragraph("  ", "None yet.", Colour.DIM);
        }
        for (Proof proof : it.proofs()) {
            screen.paragraph(screen.bullet(), proof.sentence(), Colour.NONE);
            screen.query("    ", proof.query(), MOST_QUERY_LINES, "whydunit evidence --of " + id);
        }
        for (Part part : it.parts()) {
            screen.heading(part.heading());
            part.lines().forEach(line -> screen.paragraph(screen.bullet(), line, Colour.NONE));
            if (part.lines().isEmpty()) {
                screen.paragraph("  ", part.empty(), Colour.DIM);
            }
        }
        screen.commands(it.commands());
        return screen.text();
    }

    /** As Markdown, for a ticket or a chat. */
    public static String markdown(String id, List<Event> events) {
        HandOver it = new HandOver(id, events);
        StringBuilder out = new StringBuilder();
        out.append("# ").append(MarkdownText.escaped(it.situation())).append("\n\n");
        it.sure().forEach(sentence -> out.append(MarkdownText.escaped(sentence)).append("\n\n"));
        out.append("## Strongest evidence\n\n");
        if (it.proofs().isEmpty()) {
            out.append("None yet.\n\n");
        }
        for (Proof proof : it.proofs()) {
            out.append("- ").append(MarkdownText.escaped(proof.sentence())).append("\n\n");
            if (!proof.query().isBlank()) {
                out.append(MarkdownText.fenced(proof.query())).append("\n\n");
            }
        }
        for (Part part : it.parts()) {
            out.append("## ").append(part.heading()).append("\n\n");
            part.lines()
                    .forEach(line ->
                            out.append("- ").append(MarkdownText.escaped(line)).append('\n'));
            out.append(part.lines().isEmpty() ? part.empty() + "\n\n" : "\n");
        }
        List<String> commands =
                it.commands().stream().map(Screen.Command::command).toList();
        out.append("## Go on with\n\n")
                .append(MarkdownText.fenced(String.join("\n", commands)))
                .append("\n");
        return out.toString();
    }

    /** As one JSON document. */
    public static String json(String id, List<Event> events) {
        HandOver it = new HandOver(id, events);
        Map<String, Object> document = JsonDocument.about(it.summary);
        document.put("situation", it.situation());
        document.put("sure", it.sure());
        List<Map<String, Object>> proofs = new ArrayList<>();
        for (Proof proof : it.proofs()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("says", proof.sentence());
            item.put("query", proof.query());
            proofs.add(item);
        }
        document.put("strongest", proofs);
        it.parts().forEach(part -> document.put(part.key(), part.lines()));
        document.put(
                "commands", it.commands().stream().map(Screen.Command::command).toList());
        return JsonDocument.write(document);
    }

    /** In one line. */
    private String situation() {
        String what = summary.symptom().isEmpty() ? summary.title() : summary.symptom();
        return what + " (" + summary.runbook() + ", " + summary.environment() + ", since "
                + Wording.about(summary).get(2) + "): "
                + (summary.ending().equals("running") ? "being investigated" : "investigated");
    }

    private List<String> sure() {
        List<String> sure = new ArrayList<>();
        sure.add(Wording.verdict(summary));
        Wording.unfinished(summary).ifPresent(sure::add);
        Wording.robustness(summary.verdict()).ifPresent(sure::add);
        summary.people().stream()
                .filter(act -> act.act().equals("confirmed"))
                .map(Wording::said)
                .forEach(sure::add);
        return List.copyOf(sure);
    }

    private List<Proof> proofs() {
        return summary.evidence().stream()
                .filter(it -> !it.moved().isEmpty())
                .sorted(Comparator.comparingDouble((Summary.EvidenceSummary it) -> -Math.abs(push(it)))
                        .thenComparingDouble(it -> -EvidenceSection.strength(it)))
                .limit(STRONGEST)
                .map(it -> new Proof(
                        sentence(it),
                        EvidenceSection.execution(summary, it)
                                .map(Summary.StepSummary::query)
                                .orElse("")))
                .toList();
    }

    private double push(Summary.EvidenceSummary evidence) {
        return subject.map(path -> EvidenceSection.push(evidence.moved(), path)).orElse(0.0);
    }

    private String sentence(Summary.EvidenceSummary evidence) {
        List<String> moved = new ArrayList<>();
        evidence.moved().forEach((path, nats) -> moved.add(path + " " + Wording.factor(nats)));
        return Wording.said(evidence).sentence() + " (" + evidence.id() + "; " + String.join(", ", moved) + ")";
    }

    private List<Part> parts() {
        return List.of(
                new Part("ruledOut", "Ruled out", ruledOut(), "Nothing."),
                new Part(
                        "notChecked", "Not checked", notChecked(), "Everything that this runbook knows was looked at."),
                new Part("running", "Running now", List.copyOf(OpenSteps.running(events)), "Nothing."),
                new Part("next", "Next action", next(), "None known: say what you see with a note."),
                new Part("notes", "Notes", notes(), "None; add one: whydunit note \"…\""));
    }

    private List<String> ruledOut() {
        List<String> out = new ArrayList<>();
        List<Summary.PersonSummary> byPeople = summary.people().stream()
                .filter(act -> act.act().equals("ruled_out"))
                .toList();
        byPeople.forEach(act -> out.add(Wording.said(act)));
        for (Wording.Row row : Hypotheses.all(summary)) {
            double prior = summary.prior().getOrDefault(row.path(), 0.0);
            boolean said = HypothesisTree.isOther(row.path())
                    || byPeople.stream().anyMatch(act -> act.hypothesis().equals(Optional.of(row.path())));
            boolean withParent = summary.belief().getOrDefault(Hypotheses.parentOf(row.path()), 1.0) < IMPROBABLE;
            if (!said && !withParent && prior >= ONCE_LIKELY && row.probability() < IMPROBABLE) {
                out.add(row.path() + ": " + row.claim() + ", " + Wording.percent(prior) + " → "
                        + Wording.percent(row.probability()) + " by evidence");
            }
        }
        return limited(out, MOST_RULED_OUT);
    }

    private List<String> notChecked() {
        return limited(
                summary.notChecked().stream()
                        .map(it -> it.step() + ": " + it.why())
                        .toList(),
                MOST_OPEN);
    }

    private List<String> next() {
        return limited(summary.nextSteps(), MOST_OPEN);
    }

    private List<String> notes() {
        return summary.people().stream()
                .filter(act -> act.act().equals("noted"))
                .map(Wording::said)
                .toList();
    }

    private static List<String> limited(List<String> lines, int most) {
        if (lines.size() <= most) {
            return List.copyOf(lines);
        }
        List<String> kept = new ArrayList<>(lines.subList(0, most));
        kept.add("and " + (lines.size() - most) + " more: whydunit investigation show");
        return List.copyOf(kept);
    }

    private List<Screen.Command> commands() {
        String of = " --of " + summary.id();
        return List.of(
                new Screen.Command("whydunit tree" + of, "where belief stands"),
                new Screen.Command("whydunit evidence" + of, "for and against"),
                new Screen.Command("whydunit next" + of, "what is next"),
                new Screen.Command("whydunit note \"...\"" + of, "add what you see"));
    }
}
