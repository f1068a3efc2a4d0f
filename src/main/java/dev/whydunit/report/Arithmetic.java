package dev.whydunit.report;

import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sums behind the probabilities, worked out from the journal alone: P(leaf) ∝ prior · exp(Σ over groups), a group adding its
 * strongest push up and its strongest push down, once each. All terms are rounded to four decimals before they are added, so
 * that what is printed adds up.
 */
final class Arithmetic {
    private static final double DECIMALS = 1e4;

    /** Above e to this power numbers are no longer worth printing: all sums are taken relative to the greatest. */
    private static final double MOST_NATS = 30;

    /** What one finding, or one word of a person, says. */
    record Push(String id, String says, boolean outcome, Map<String, Double> moved) {
        /** On a leaf, in nats: its own entry or its nearest ancestor's. */
        double on(String leaf) {
            for (String path = leaf; !path.isEmpty(); path = Hypotheses.parentOf(path)) {
                Double nats = moved.get(path);
                if (nats != null) {
                    return rounded(nats);
                }
            }
            return 0;
        }
    }

    /** What reads the same signal. */
    record Group(String name, List<Push> pushes) {
        /** What pushes the leaf, and whether it is what counts. */
        List<Counted> on(String leaf) {
            Optional<Push> up = Optional.empty();
            Optional<Push> down = Optional.empty();
            for (Push push : pushes) {
                double nats = push.on(leaf);
                if (nats > up.map(it -> it.on(leaf)).orElse(0.0)) {
                    up = Optional.of(push);
                }
                if (nats < down.map(it -> it.on(leaf)).orElse(0.0)) {
                    down = Optional.of(push);
                }
            }
            List<Counted> counted = new ArrayList<>();
            for (Push push : pushes) {
                if (push.on(leaf) != 0) {
                    boolean counts = up.filter(it -> it == push).isPresent()
                            || down.filter(it -> it == push).isPresent();
                    counted.add(new Counted(push, push.on(leaf), counts));
                }
            }
            return List.copyOf(counted);
        }
    }

    /** @param counts whether it is the strongest of its group in its direction */
    record Counted(Push push, double nats, boolean counts) {}

    /**
     * One leaf among all.
     *
     * @param sum ln of the prior and what the groups add
     * @param weight e to the power of the sum (less {@link #shift})
     * @param share of all weights: its probability
     */
    record Share(String leaf, double sum, double weight, double share) {}

    private final Map<String, Double> priors = new LinkedHashMap<>();
    private final Map<String, List<Push>> groups = new LinkedHashMap<>();
    private boolean groupsKnown = true;

    private Arithmetic() {}

    static Arithmetic of(Summary summary, List<Event> events) {
        Arithmetic arithmetic = new Arithmetic();
        summary.prior().keySet().stream()
                .filter(path -> Hypotheses.isLeaf(summary, path))
                .forEach(leaf -> arithmetic.priors.put(leaf, summary.prior().getOrDefault(leaf, 0.0)));
        Map<String, RunbookFacts.StepFacts> steps = StepFactsOf.by(events);
        for (Summary.EvidenceSummary finding : summary.evidence()) {
            String group = arithmetic.group(steps, finding);
            arithmetic.add(group, new Push(finding.id(), finding.says(), finding.outcome(), finding.moved()));
        }
        for (Event event : events) {
            if (event instanceof Event.RuledOut out) {
                String says = out.by() + " ruled it out" + (out.because().isEmpty() ? "" : ": " + out.because());
                arithmetic.add(
                        "person " + out.hypothesis(),
                        new Push("ruled out " + out.hypothesis(), says, true, out.moved()));
            }
        }
        return arithmetic;
    }

    private String group(Map<String, RunbookFacts.StepFacts> steps, Summary.EvidenceSummary finding) {
        String id = finding.id()
                .substring(Math.min(finding.id().length(), finding.step().length() + 1));
        Optional<Map<String, RunbookFacts.PushFacts>> pushes =
                Optional.ofNullable(steps.get(finding.step())).flatMap(RunbookFacts.StepFacts::pushes);
        groupsKnown &= pushes.isPresent();
        return pushes.flatMap(it -> Optional.ofNullable(it.get(id)))
                .map(RunbookFacts.PushFacts::group)
                .orElse(finding.step());
    }

    private void add(String group, Push push) {
        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(push);
    }

    /** Whether the journal says which findings share a group; where it does not, those of one step do. */
    boolean groupsKnown() {
        return groupsKnown;
    }

    List<Group> groups() {
        return groups.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    double prior(String leaf) {
        return priors.getOrDefault(leaf, 0.0);
    }

    double lnPrior(String leaf) {
        return rounded(Math.log(prior(leaf)));
    }

    double sum(String leaf) {
        double sum = lnPrior(leaf);
        for (Group group : groups()) {
            for (Counted counted : group.on(leaf)) {
                sum += counted.counts() ? counted.nats() : 0;
            }
        }
        return rounded(sum);
    }

    /** What is taken off all sums before e is raised to them: 0 unless they are great. */
    double shift() {
        double greatest = priors.keySet().stream().mapToDouble(this::sum).max().orElse(0);
        return Math.abs(greatest) > MOST_NATS ? greatest : 0;
    }

    /** All leaves, the most probable first. */
    List<Share> shares() {
        double shift = shift();
        Map<String, Double> sums = new LinkedHashMap<>();
        priors.keySet().forEach(leaf -> sums.put(leaf, sum(leaf)));
        double total =
                sums.values().stream().mapToDouble(sum -> Math.exp(sum - shift)).sum();
        return sums.entrySet().stream()
                .map(entry -> {
                    double weight = Math.exp(entry.getValue() - shift);
                    return new Share(entry.getKey(), entry.getValue(), weight, weight / total);
                })
                .sorted((one, other) -> Double.compare(other.weight(), one.weight()))
                .toList();
    }

    private static double rounded(double nats) {
        return Math.round(nats * DECIMALS) / DECIMALS;
    }
}
