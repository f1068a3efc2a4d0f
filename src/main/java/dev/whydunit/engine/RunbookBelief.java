package dev.whydunit.engine;

import dev.whydunit.belief.Cause;
import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Sensitivity;
import dev.whydunit.belief.Strength;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.List;
import java.util.Map;

/** What belief needs of a runbook: its tree of causes and what each finding says of them. */
public final class RunbookBelief {
    private RunbookBelief() {}

    /** The tree of hypotheses with the author's weights, every implicit <i>other</i> included. */
    public static HypothesisTree tree(Runbook runbook) {
        return HypothesisTree.of(causes(runbook.hypotheses()), runbook.otherCause());
    }

    private static List<Cause> causes(List<Hypothesis> hypotheses) {
        return hypotheses.stream()
                .map(hypothesis -> new Cause(hypothesis.id(), hypothesis.weight(), causes(hypothesis.why())))
                .toList();
    }

    /** What a person's word that a hypothesis is not it is worth: a conclusive finding against it, of its own group. */
    public static Finding ruledOut(String hypothesis) {
        return new Finding(
                "person." + hypothesis,
                "person " + hypothesis,
                Map.of(),
                Map.of(hypothesis, Strength.CONCLUSIVE),
                Sensitivity.ALWAYS,
                true,
                false);
    }

    /** The findings of a step, in the order of the file. */
    public static List<Finding> findings(Step step) {
        return step.findings().stream()
                .map(finding -> new Finding(
                        step.id() + "." + finding.id(),
                        finding.group().orElse(step.id()),
                        finding.supports(),
                        finding.refutes(),
                        finding.shows(),
                        finding.ignoreFalse(),
                        finding.symptom()))
                .toList();
    }
}
