package dev.whydunit.graph;

import dev.whydunit.belief.Strength;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A runbook as a graph, in the order of the file.
 *
 * @param title of the runbook
 * @param causes the hypotheses, each before its children
 * @param readings what findings say of causes
 */
public record RunbookGraph(String title, List<Card> steps, List<Cause> causes, List<Reading> readings) {
    /** Keeps its own copies. */
    public RunbookGraph {
        steps = List.copyOf(steps);
        causes = List.copyOf(causes);
        readings = List.copyOf(readings);
    }

    /**
     * A step with its findings.
     *
     * @param needs ids of the steps that must have ended before it
     */
    record Card(String id, String title, String kind, List<String> needs, List<Row> findings) {
        Card {
            needs = List.copyOf(needs);
            findings = List.copyOf(findings);
        }
    }

    /** A finding. */
    record Row(String id, String when, boolean symptom) {}

    /**
     * A hypothesis.
     *
     * @param parent the id of the one that it is a deeper cause of; empty at the top
     */
    record Cause(String id, String claim, String parent) {}

    /** What a finding says of a cause. */
    record Reading(String step, String finding, String cause, boolean supports, Strength strength) {}

    /** The graph of a runbook. */
    public static RunbookGraph of(Runbook runbook) {
        List<Card> cards = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        for (Step step : runbook.steps().values()) {
            List<Row> rows = new ArrayList<>();
            for (Finding finding : step.findings()) {
                rows.add(new Row(finding.id(), finding.when().source(), finding.symptom()));
                add(readings, step, finding, finding.supports(), true);
                add(readings, step, finding, finding.refutes(), false);
            }
            cards.add(new Card(step.id(), step.title(), step.kind().name(), step.needs(), rows));
        }
        List<Cause> causes = new ArrayList<>();
        causes(runbook.hypotheses(), "", causes);
        return new RunbookGraph(runbook.title(), cards, causes, readings);
    }

    private static void add(
            List<Reading> readings, Step step, Finding finding, Map<String, Strength> causes, boolean supports) {
        causes.forEach(
                (cause, strength) -> readings.add(new Reading(step.id(), finding.id(), cause, supports, strength)));
    }

    private static void causes(List<Hypothesis> level, String parent, List<Cause> all) {
        for (Hypothesis hypothesis : level) {
            all.add(new Cause(hypothesis.id(), hypothesis.claim(), parent));
            causes(hypothesis.why(), hypothesis.id(), all);
        }
    }
}
