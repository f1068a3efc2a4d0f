package dev.whydunit.authoring.rules;

import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Template;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is missing for the person who reads the summary at night, and what is there for nothing. */
final class Completeness implements Check {
    @Override
    public void look(Subject subject, Remarks remarks) {
        subject.runbook().ifPresent(runbook -> {
            if (runbook.owner().isEmpty() || runbook.version().isEmpty()) {
                String missing = runbook.owner().isEmpty() && runbook.version().isEmpty()
                        ? "neither owner nor version"
                        : runbook.owner().isEmpty() ? "no owner" : "no version";
                remarks.add(
                        "W116",
                        subject.keyAt("runbook"),
                        "the runbook says " + missing,
                        "add owner: team-shop and version: 1.0.0, so that a reader knows whom to ask about which one");
            }
            runbook.hypotheses().forEach(hypothesis -> remedy(hypothesis, remarks));
            Set<String> read = references(runbook);
            unusedInputs(subject, runbook, read, remarks);
            steps(subject, runbook, read, remarks);
        });
    }

    /** A cause without a remedy of its own has its parent's. */
    private static void remedy(Hypothesis hypothesis, Remarks remarks) {
        if (hypothesis.remedy().isPresent()) {
            return;
        }
        if (hypothesis.why().isEmpty()) {
            remarks.add(
                    "W117",
                    hypothesis.position(),
                    hypothesis.id().length(),
                    "hypothesis '" + hypothesis.id() + "' has no remedy: the verdict would not say what to do",
                    "add remedy: one sentence, the first thing to do");
        }
        hypothesis.why().forEach(deeper -> remedy(deeper, remarks));
    }

    private static void unusedInputs(Subject subject, Runbook runbook, Set<String> read, Remarks remarks) {
        for (String input : runbook.inputs().keySet()) {
            boolean used = read.stream()
                    .anyMatch(path -> path.equals("inputs")
                            || path.equals("inputs." + input)
                            || path.startsWith("inputs." + input + "."));
            // The catalogue's entry is that of the input 'service'.
            boolean catalogue = input.equals("service")
                    && read.stream().anyMatch(path -> path.equals("service") || path.startsWith("service."));
            if (!used && !catalogue) {
                remarks.add(
                        "W118",
                        subject.keyAt("inputs", input),
                        "nothing reads input '" + input + "'",
                        "use it as ${{ inputs." + input + " }}, or remove it");
            }
        }
    }

    private static void steps(Subject subject, Runbook runbook, Set<String> read, Remarks remarks) {
        for (Step step : runbook.steps().values()) {
            boolean others = read.stream()
                            .anyMatch(path ->
                                    path.startsWith("steps." + step.id() + ".") || path.equals("steps." + step.id()))
                    || runbook.steps().values().stream()
                            .anyMatch(other -> other.needs().contains(step.id()));
            boolean acts = step.effect() == dev.whydunit.runbook.Effect.WRITE || step.always();
            if (step.findings().isEmpty() && !others && !acts) {
                remarks.add(
                        "W120",
                        subject.keyOf(step),
                        "step '" + step.id() + "' tells nothing: it has no findings, and no other step reads it",
                        "give it a finding, or remove it");
            }
            for (Finding finding : step.findings()) {
                if (finding.says().isEmpty()) {
                    remarks.add(
                            "W119",
                            subject.keyOf(step, finding),
                            "finding '" + finding.id() + "' says nothing: the summary can only show its name",
                            "add says: one sentence with the numbers in it, as 'p95 is ${{ last }} s'");
                }
            }
        }
    }

    /** Every path that an expression of the runbook reads. */
    static Set<String> references(Runbook runbook) {
        Set<String> read = new HashSet<>(runbook.symptom().references());
        add(read, runbook.expected());
        runbook.hypotheses().forEach(hypothesis -> add(read, hypothesis));
        for (Step step : runbook.steps().values()) {
            read.addAll(step.parameters().references());
            step.condition().map(Expression::references).ifPresent(read::addAll);
            step.forEach().map(Expression::references).ifPresent(read::addAll);
            step.hosts().ifPresent(hosts -> hosts.written().forEach(host -> read.addAll(host.references())));
            step.outputs().values().forEach(output -> read.addAll(output.references()));
            for (Finding finding : step.findings()) {
                read.addAll(finding.when().references());
                add(read, finding.says());
            }
        }
        return read;
    }

    private static void add(Set<String> read, Hypothesis hypothesis) {
        for (Optional<Template> text : List.of(hypothesis.remedy(), hypothesis.prevention())) {
            add(read, text);
        }
        hypothesis.why().forEach(deeper -> add(read, deeper));
    }

    private static void add(Set<String> read, Optional<Template> text) {
        text.map(Template::references).ifPresent(read::addAll);
    }
}
