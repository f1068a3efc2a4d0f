package dev.whydunit.simulation;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Likelihood;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.belief.Verdict;
import dev.whydunit.belief.Verdicts;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.engine.Sequence;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Investigations of causes that are known, since they were drawn: each finding's outcome comes from the model's likelihoods (docs/belief.md),
 * the agenda chooses the steps, the verdict is the real one. A finding that confirms the symptom and names no cause is true: there is a
 * problem. Nothing is run. Not thread-safe.
 */
public final class Simulation {
    /** Decisions that are remembered: drawn investigations begin alike. */
    private static final int MOST_REMEMBERED = 50_000;

    private final Runbook runbook;
    private final HypothesisTree tree;
    private final Sequence sequence;
    private final Map<String, double[]> likelihoods = new HashMap<>();
    private final Map<String, List<Finding>> findings = new HashMap<>();
    private final Map<String, Decision> remembered = new HashMap<>();

    private record Decision(Verdict verdict, Optional<Step> next) {}

    private record Ending(String verdict, double seconds, int steps) {}

    /** Of that runbook. */
    public Simulation(Runbook runbook) {
        this.runbook = runbook;
        this.tree = RunbookBelief.tree(runbook);
        this.sequence = new Sequence(runbook);
        for (Step step : runbook.steps().values()) {
            findings.put(step.id(), RunbookBelief.findings(step));
            RunbookBelief.findings(step)
                    .forEach(finding -> likelihoods.put(finding.id(), Likelihood.ofTrue(tree, finding)));
        }
    }

    /**
     * Draws investigations.
     *
     * @param draws for each cause, above 0
     */
    public Simulated run(long seed, int draws) {
        if (draws < 1) {
            throw new IllegalArgumentException("draws is above 0, not " + draws);
        }
        SplittableRandom random = new SplittableRandom(seed);
        Belief prior = Belief.prior(tree);
        List<Simulated.Cause> causes = new ArrayList<>();
        double right = 0;
        for (int leaf = 0; leaf < tree.leaves().size(); leaf++) {
            String path = tree.leaves().get(leaf);
            Simulated.Cause cause = cause(leaf, path, prior.probability(path), draws, random);
            causes.add(cause);
            right += cause.prior() * cause.found();
        }
        return new Simulated(runbook.id(), seed, draws, causes, right);
    }

    private Simulated.Cause cause(int leaf, String path, double prior, int draws, SplittableRandom random) {
        Map<String, Double> verdicts = new LinkedHashMap<>();
        double seconds = 0;
        double steps = 0;
        for (int i = 0; i < draws; i++) {
            Ending ending = investigate(leaf, random);
            verdicts.merge(ending.verdict(), 1.0 / draws, Double::sum);
            seconds += ending.seconds();
            steps += ending.steps();
        }
        return new Simulated.Cause(path, prior, seconds / draws, steps / draws, verdicts);
    }

    private Ending investigate(int leaf, SplittableRandom random) {
        List<Reading> readings = new ArrayList<>();
        Set<String> over = new HashSet<>();
        StringBuilder seen = new StringBuilder();
        double seconds = 0;
        double clearSeconds = -1;
        int clearSteps = 0;
        while (true) {
            Decision decision = decide(seen.toString(), readings, over);
            boolean clear = decision.verdict() instanceof Verdict.Concluded;
            if (clear && clearSeconds < 0) {
                clearSeconds = seconds;
                clearSteps = over.size();
            } else if (!clear) {
                clearSeconds = -1;
            }
            if (decision.next().isEmpty()) {
                String verdict = decision.verdict().path().isEmpty()
                        ? Simulated.NONE
                        : String.join(".", decision.verdict().path());
                return clearSeconds < 0
                        ? new Ending(verdict, seconds, over.size())
                        : new Ending(verdict, clearSeconds, clearSteps);
            }
            Step step = decision.next().get();
            over.add(step.id());
            seconds += Sequence.cost(step).toNanos() / 1e9;
            seen.append(step.id());
            for (Finding finding : findings.getOrDefault(step.id(), List.of())) {
                Outcome outcome = draw(finding, leaf, random);
                readings.add(new Reading(finding, outcome));
                seen.append(outcome == Outcome.TRUE ? '+' : '-');
            }
        }
    }

    private Outcome draw(Finding finding, int leaf, SplittableRandom random) {
        boolean symptomAlone = finding.symptom()
                && finding.supports().isEmpty()
                && finding.refutes().isEmpty();
        double[] likelihood =
                likelihoods.getOrDefault(finding.id(), new double[tree.leaves().size()]);
        return symptomAlone || random.nextDouble() < likelihood[leaf] ? Outcome.TRUE : Outcome.FALSE;
    }

    private Decision decide(String seen, List<Reading> readings, Set<String> over) {
        Decision known = remembered.get(seen);
        if (known != null) {
            return known;
        }
        Belief belief = Belief.after(tree, readings);
        Verdict verdict = Verdicts.judge(tree, readings, runbook.concludeAt());
        Decision decision = new Decision(verdict, sequence.next(over, belief, verdict));
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(seen, decision);
        }
        return decision;
    }
}
