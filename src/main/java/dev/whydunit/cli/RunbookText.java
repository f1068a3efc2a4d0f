package dev.whydunit.cli;

import dev.whydunit.belief.Belief;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.report.PlainText;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A runbook for people: what it suspects, how likely that is before any evidence, and how it looks. */
final class RunbookText {
    private RunbookText() {}

    static String of(Runbook runbook, Console console) {
        StringBuilder text = new StringBuilder();
        text.append(runbook.id()).append(runbook.version().isEmpty() ? "" : " " + runbook.version());
        text.append(": ").append(runbook.title()).append('\n');
        if (!runbook.about().isEmpty()) {
            text.append(runbook.about()).append('\n');
        }
        text.append("\nSymptom  ").append(runbook.symptom().source()).append('\n');
        if (!runbook.inputs().isEmpty()) {
            text.append("\nInputs\n");
            runbook.inputs()
                    .values()
                    .forEach(input -> text.append(String.format(
                            Locale.ROOT,
                            "  %-16s %s%s%s%n",
                            input.id(),
                            input.type().name().toLowerCase(Locale.ROOT),
                            input.required()
                                    ? ", required"
                                    : ", default " + input.defaultValue().orElseThrow(),
                            input.from().map(from -> ", from " + from).orElse(""))));
        }
        text.append("\nHypotheses\n");
        hypotheses(runbook.hypotheses(), Belief.prior(RunbookBelief.tree(runbook)), "  ", text);
        text.append("\nSteps\n");
        runbook.steps().values().forEach(step -> step(step, text));
        return PlainText.forTerminal(text.toString());
    }

    private static void hypotheses(List<Hypothesis> hypotheses, Belief prior, String indent, StringBuilder text) {
        for (Hypothesis hypothesis : hypotheses) {
            String name = indent + hypothesis.id();
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %8s  %s%n",
                    name,
                    PlainText.percent(prior.probability(hypothesis.id())),
                    hypothesis.claim()));
            hypotheses(hypothesis.why(), prior, indent + "  ", text);
        }
    }

    private static void step(Step step, StringBuilder text) {
        text.append(String.format(
                Locale.ROOT, "  %-18s %-15s %s%n", step.id(), step.kind().name(), step.title()));
        for (Finding finding : step.findings()) {
            String says = Stream.concat(
                            finding.supports().entrySet().stream()
                                    .map(entry -> "for " + entry.getKey() + " (" + word(entry.getValue()) + ")"),
                            finding.refutes().entrySet().stream()
                                    .map(entry -> "against " + entry.getKey() + " (" + word(entry.getValue()) + ")"))
                    .collect(Collectors.joining(", "));
            text.append("    ")
                    .append(finding.id())
                    .append(finding.symptom() ? ", the symptom itself" : "")
                    .append(says.isEmpty() ? "" : ": " + says)
                    .append('\n');
            text.append("      when ").append(finding.when().source()).append('\n');
        }
    }

    private static String word(Enum<?> strength) {
        return strength.name().toLowerCase(Locale.ROOT);
    }
}
