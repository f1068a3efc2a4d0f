package dev.whydunit.cli;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Outcome;
import dev.whydunit.belief.Reading;
import dev.whydunit.belief.Verdicts;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.engine.Sequence;
import dev.whydunit.report.NextScreen;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the steps of a runbook that an investigation has not run would tell it now. */
final class Prospects {
    private final Runbook runbook;
    private final HypothesisTree tree;

    Prospects(Runbook runbook) {
        this.runbook = runbook;
        this.tree = RunbookBelief.tree(runbook);
    }

    List<Sequence.Prospect> of(List<Event> events, Map<String, Double> medianSeconds) {
        List<Reading> readings = readings(events);
        Set<String> running = NextScreen.running(events);
        Set<String> over = new HashSet<>(NextScreen.looked(events));
        over.removeAll(running);
        return new Sequence(runbook)
                .prospects(
                        over,
                        running,
                        Belief.after(tree, readings),
                        Verdicts.judge(tree, readings, runbook.concludeAt()),
                        medianSeconds);
    }

    /** What was read, as the runbook has it now; what it does not have any more says nothing. */
    private List<Reading> readings(List<Event> events) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Step step : runbook.steps().values()) {
            RunbookBelief.findings(step).forEach(finding -> findings.put(finding.id(), finding));
        }
        Map<String, Reading> read = new LinkedHashMap<>();
        List<Reading> ruledOut = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.FindingRead it) {
                String id = it.step() + "." + it.finding();
                Finding finding = findings.get(id);
                if (finding != null) {
                    read.put(
                            id,
                            new Reading(finding, Outcome.valueOf(it.outcome().toUpperCase(Locale.ROOT))));
                }
            } else if (event instanceof Event.Resumed resumed) {
                read.keySet().removeIf(id -> resumed.again().contains(id.substring(0, id.indexOf('.'))));
            } else if (event instanceof Event.RuledOut it && tree.contains(it.hypothesis())) {
                ruledOut.add(new Reading(RunbookBelief.ruledOut(it.hypothesis()), Outcome.TRUE));
            }
        }
        List<Reading> readings = new ArrayList<>(read.values());
        readings.addAll(ruledOut);
        return List.copyOf(readings);
    }
}
