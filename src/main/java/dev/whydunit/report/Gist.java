package dev.whydunit.report;

import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An investigation in the few sentences that somebody reads on a telephone. They hold text of strangers and are not escaped.
 *
 * @param subject what was wrong, in one line
 * @param verdict the answer to "why?", with its probability
 * @param probability of the verdict, or of what is most likely while there is none; empty when there is neither
 * @param evidence the strongest findings in favour, the strongest first
 * @param notChecked what could not be looked at, and why
 * @param next what to do or to look at, the first first
 */
public record Gist(
        String subject,
        String verdict,
        Optional<Double> probability,
        List<String> evidence,
        List<String> notChecked,
        List<String> next) {
    private static final int STRONGEST = 3;

    /** Keeps its own copies of the lists. */
    public Gist {
        evidence = List.copyOf(evidence);
        notChecked = List.copyOf(notChecked);
        next = List.copyOf(next);
    }

    /**
     * Of an investigation.
     *
     * @param summary of these events
     * @param events from the first on
     */
    public static Gist of(Summary summary, List<Event> events) {
        return new Gist(
                summary.symptom().isEmpty() ? summary.title() : summary.symptom(),
                verdict(summary),
                probability(summary),
                evidence(summary, events),
                summary.notChecked().stream()
                        .map(open -> open.step() + ": " + open.why())
                        .toList(),
                next(summary));
    }

    private static String verdict(Summary summary) {
        List<String> sentences = new ArrayList<>(List.of(Wording.verdict(summary)));
        Wording.unfinished(summary).ifPresent(sentences::add);
        Wording.robustness(summary.verdict()).ifPresent(sentences::add);
        return String.join(" ", sentences);
    }

    private static Optional<Double> probability(Summary summary) {
        return switch (summary.verdict().status()) {
            case "concluded", "narrowed" -> Optional.of(summary.verdict().probability());
            case "symptom_absent" -> Optional.empty();
            default -> Hypotheses.leading(summary).map(path -> summary.belief().getOrDefault(path, 0.0));
        };
    }

    private static List<String> evidence(Summary summary, List<Event> events) {
        Optional<String> about = Hypotheses.leading(summary);
        if (summary.verdict().status().equals("symptom_absent") || about.isEmpty()) {
            return summary.evidence().stream()
                    .filter(Summary.EvidenceSummary::symptom)
                    .map(finding -> Wording.said(finding).sentence())
                    .limit(STRONGEST)
                    .toList();
        }
        return new Bearing(summary, events, about.get())
                .pro().stream()
                        .filter(Bearing.Known::counts)
                        .limit(STRONGEST)
                        .map(known ->
                                Wording.said(known.finding()).sentence() + " (" + Wording.factor(known.nats()) + ")")
                        .toList();
    }

    private static List<String> next(Summary summary) {
        List<String> next = new ArrayList<>();
        if (!summary.verdict().remedy().isBlank()) {
            next.add(summary.verdict().remedy());
        }
        next.addAll(Wording.nextSteps(summary));
        return next;
    }
}
