package dev.whydunit.replay;

import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a runbook its cases reach.
 *
 * @param all how much there is to reach: each hypothesis, each step, and each finding twice, as true and as false
 * @param notConcluded hypotheses, by path, that no case ends at or below
 * @param neverTrue findings, as {@code step.finding}
 * @param neverFalse findings
 * @param neverRun steps
 */
public record Coverage(
        int all, List<String> notConcluded, List<String> neverTrue, List<String> neverFalse, List<String> neverRun) {

    /** Keeps its own copies. */
    public Coverage {
        notConcluded = List.copyOf(notConcluded);
        neverTrue = List.copyOf(neverTrue);
        neverFalse = List.copyOf(neverFalse);
        neverRun = List.copyOf(neverRun);
    }

    /** What the cases of a runbook reach, those that fail included. */
    public static Coverage of(Runbook runbook, List<CaseResult> cases) {
        Set<String> concluded = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Set<String> run = new HashSet<>();
        for (CaseResult result : cases) {
            result.replayed().ifPresent(replayed -> {
                List<String> path = replayed.verdict().path();
                for (int i = 1; i <= path.size(); i++) {
                    concluded.add(String.join(".", path.subList(0, i)));
                }
                replayed.findings().forEach((id, read) -> seen.add(id + " " + read.outcome()));
                run.addAll(replayed.run());
            });
        }
        HypothesisTree tree = RunbookBelief.tree(runbook);
        List<String> hypotheses = tree.paths().stream()
                .filter(path -> !HypothesisTree.isOther(path))
                .toList();
        List<String> findings = new ArrayList<>();
        for (Step step : runbook.steps().values()) {
            for (Finding finding : step.findings()) {
                findings.add(step.id() + "." + finding.id());
            }
        }
        return new Coverage(
                hypotheses.size() + runbook.steps().size() + 2 * findings.size(),
                hypotheses.stream().filter(path -> !concluded.contains(path)).toList(),
                findings.stream().filter(id -> !seen.contains(id + " true")).toList(),
                findings.stream().filter(id -> !seen.contains(id + " false")).toList(),
                runbook.steps().keySet().stream()
                        .filter(step -> !run.contains(step))
                        .toList());
    }

    /** How much of it is reached, from 0 to 1. */
    public double share() {
        return (double) reached() / all;
    }

    /** How many of {@link #all} are reached. */
    public int reached() {
        return all - notConcluded.size() - neverTrue.size() - neverFalse.size() - neverRun.size();
    }
}
