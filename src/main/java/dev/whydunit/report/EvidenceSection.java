package dev.whydunit.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence that says the same of the verdict, the strongest first.
 *
 * @param heading what it says, such as {@code Evidence for}
 * @param groups by the step that it was read by
 */
record EvidenceSection(String heading, List<Group> groups) {

    /**
     * What one execution of a step gave.
     *
     * @param findings what was read
     * @param step the execution, if the summary has it
     */
    record Group(List<Summary.EvidenceSummary> findings, Optional<Summary.StepSummary> step) {}

    /** The sections that have something in them: of the symptom, for, against, of other causes, and what moved nothing. */
    static List<EvidenceSection> of(Summary summary) {
        String cause = String.join(".", summary.verdict().path());
        boolean judged = !cause.isEmpty();
        List<Summary.EvidenceSummary> symptom = new ArrayList<>();
        List<Summary.EvidenceSummary> pro = new ArrayList<>();
        List<Summary.EvidenceSummary> contra = new ArrayList<>();
        List<Summary.EvidenceSummary> others = new ArrayList<>();
        List<Summary.EvidenceSummary> silent = new ArrayList<>();
        for (Summary.EvidenceSummary evidence : summary.evidence()) {
            if (evidence.symptom()) {
                symptom.add(evidence);
                continue;
            }
            double push = judged ? push(evidence.moved(), cause) : 0;
            List<Summary.EvidenceSummary> side =
                    evidence.moved().isEmpty() ? silent : push > 0 ? pro : push < 0 ? contra : others;
            side.add(evidence);
        }
        List<EvidenceSection> sections = new ArrayList<>();
        add(sections, "The symptom", symptom, summary);
        add(sections, "Evidence for", pro, summary);
        add(sections, "Evidence against", contra, summary);
        add(sections, judged ? "About other causes" : "Evidence", others, summary);
        add(sections, "Also seen", silent, summary);
        return List.copyOf(sections);
    }

    private static void add(
            List<EvidenceSection> sections, String heading, List<Summary.EvidenceSummary> evidence, Summary summary) {
        Map<String, List<Summary.EvidenceSummary>> byExecution = new LinkedHashMap<>();
        evidence.stream()
                .sorted(Comparator.comparingDouble((Summary.EvidenceSummary it) -> -strength(it)))
                .forEach(it -> byExecution
                        .computeIfAbsent(it.observation(), observation -> new ArrayList<>())
                        .add(it));
        List<Group> groups = new ArrayList<>();
        byExecution.forEach((observation, findings) ->
                groups.add(new Group(List.copyOf(findings), execution(summary, findings.getFirst()))));
        if (!groups.isEmpty()) {
            sections.add(new EvidenceSection(heading, List.copyOf(groups)));
        }
    }

    /** The execution that the observation names: {@code step}, or {@code step@host} where there are several. */
    static Optional<Summary.StepSummary> execution(Summary summary, Summary.EvidenceSummary evidence) {
        List<Summary.StepSummary> executions = summary.steps().stream()
                .filter(step -> step.id().equals(evidence.step()))
                .toList();
        return executions.stream()
                .filter(step -> step.host()
                        .map(host -> step.id() + "@" + host)
                        .orElse(step.id())
                        .equals(evidence.observation()))
                .findFirst()
                .or(() -> executions.stream().findFirst());
    }

    /** What it does to the cause: its own entry or its nearest ancestor's, else the greatest of those below it. */
    static double push(Map<String, Double> moved, String cause) {
        for (String path = cause; !path.isEmpty(); path = path.substring(0, Math.max(0, path.lastIndexOf('.')))) {
            Double nats = moved.get(path);
            if (nats != null) {
                return nats;
            }
        }
        return moved.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(cause + "."))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingDouble(Math::abs))
                .orElse(0.0);
    }

    static double strength(Summary.EvidenceSummary evidence) {
        return evidence.moved().values().stream().mapToDouble(Math::abs).max().orElse(0);
    }
}
