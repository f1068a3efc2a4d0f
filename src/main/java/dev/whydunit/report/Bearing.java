package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What bears on one hypothesis: what speaks for it, what against it, and what would if it were known. */
final class Bearing {
    /**
     * Evidence that was read.
     *
     * @param nats by how much it pushes the hypothesis up or down
     * @param counts whether it is the strongest of its group, as far as that can be told: for a leaf
     */
    record Known(Summary.EvidenceSummary finding, double nats, boolean counts, Optional<Summary.StepSummary> step) {}

    /**
     * A finding that was not read, or could not be.
     *
     * @param ifTrue by how much it would push the hypothesis, in nats
     * @param ifFalse likewise
     */
    record Open(String id, String why, double ifTrue, double ifFalse) {}

    private final Summary summary;
    private final List<Event> events;
    private final String path;

    Bearing(Summary summary, List<Event> events, String path) {
        this.summary = summary;
        this.events = events;
        this.path = path;
    }

    /** What speaks for it, the strongest first. */
    List<Known> pro() {
        return known().stream().filter(it -> it.nats() > 0).toList();
    }

    /** What speaks against it, the strongest first. */
    List<Known> contra() {
        return known().stream().filter(it -> it.nats() < 0).toList();
    }

    private List<Known> known() {
        Set<String> weaker = new HashSet<>();
        if (Hypotheses.isLeaf(summary, path)) {
            for (Arithmetic.Group group : Arithmetic.of(summary, events).groups()) {
                group.on(path).stream()
                        .filter(it -> !it.counts())
                        .forEach(it -> weaker.add(it.push().id()));
            }
        }
        return summary.evidence().stream()
                .map(finding -> new Known(
                        finding,
                        EvidenceSection.push(finding.moved(), path),
                        !weaker.contains(finding.id()),
                        EvidenceSection.execution(summary, finding)))
                .sorted(Comparator.comparingDouble((Known it) -> -Math.abs(it.nats())))
                .toList();
    }

    /** What people ruled out that bears on it. */
    List<Event.RuledOut> byPeople() {
        return events.stream()
                .filter(Event.RuledOut.class::isInstance)
                .map(Event.RuledOut.class::cast)
                .filter(out -> EvidenceSection.push(out.moved(), path) != 0)
                .toList();
    }

    /** What is not known of it, what would tell most first. */
    List<Open> open() {
        List<Open> open = new ArrayList<>();
        for (RunbookFacts.StepFacts step : StepFactsOf.by(events).values()) {
            Map<String, RunbookFacts.PushFacts> pushes = step.pushes().orElse(Map.of());
            for (String finding : step.findings()) {
                String id = step.id() + "." + finding;
                RunbookFacts.PushFacts says = pushes.get(finding);
                double ifTrue = says == null ? 0 : EvidenceSection.push(says.ifTrue(), path);
                double ifFalse = says == null ? 0 : EvidenceSection.push(says.ifFalse(), path);
                boolean bears = ifTrue != 0 || ifFalse != 0 || step.pushes().isEmpty();
                if (bears && summary.evidence().stream().noneMatch(it -> it.id().equals(id))) {
                    open.add(new Open(id, why(step.id()), ifTrue, ifFalse));
                }
            }
        }
        open.sort(Comparator.comparingDouble((Open it) -> -Math.max(Math.abs(it.ifTrue()), Math.abs(it.ifFalse()))));
        return List.copyOf(open);
    }

    /** Why nothing is known of a step's findings. */
    private String why(String step) {
        return summary.notChecked().stream()
                .filter(it -> it.step().equals(step))
                .map(Summary.NotChecked::why)
                .findFirst()
                .or(() -> summary.steps().stream()
                        .filter(it -> it.id().equals(step) && it.status().equals("not_needed"))
                        .map(it -> "not needed: " + it.why())
                        .findFirst())
                .orElse(summary.ending().equals("running") ? "not looked at yet" : "not looked at");
    }
}
