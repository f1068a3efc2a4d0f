package dev.whydunit.report;

import dev.whydunit.belief.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence that says the same of the verdict, the strongest first. Findings that were unknown are no evidence and are not
 * in it.
 *
 * @param heading what it says, such as {@code Evidence for}
 * @param groups by the step that it was read by
 */
record EvidenceSection(String heading, List<Group> groups) {

    /**
     * What one execution of a step gave.
     *
     * @param name the step's id, with the host that it ran on
     * @param findings what was read
     * @param step the execution, if the summary has it
     */
    record Group(String name, List<Summary.Evidence> findings, Optional<Summary.Step> step) {}

    /** The sections that have something in them: of the symptom, for, against, of other causes, and what moved nothing. */
    static List<EvidenceSection> of(Summary summary) {
        String cause = String.join(".", summary.verdict().path());
        boolean judged = !cause.isEmpty();
        List<Summary.Evidence> symptom = new ArrayList<>();
        List<Summary.Evidence> pro = new ArrayList<>();
        List<Summary.Evidence> contra = new ArrayList<>();
        List<Summary.Evidence> others = new ArrayList<>();
        List<Summary.Evidence> silent = new ArrayList<>();
        for (Summary.Evidence evidence : summary.evidence()) {
            if (evidence.outcome() == Outcome.UNKNOWN) {
                continue;
            }
            if (evidence.symptom()) {
                symptom.add(evidence);
                continue;
            }
            double push = judged ? push(evidence.moved(), cause) : 0;
            List<Summary.Evidence> side = evidence.moved().isEmpty() ? silent : push > 0 ? pro : push < 0 ? contra : others;
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
            List<EvidenceSection> sections, String heading, List<Summary.Evidence> evidence, Summary summary) {
        Map<String, List<Summary.Evidence>> byExecution = new LinkedHashMap<>();
        evidence.stream()
                .sorted(Comparator.comparingDouble((Summary.Evidence it) -> -strength(it)))
                .forEach(it -> byExecution
                        .computeIfAbsent(name(it.step(), it.host()), name -> new ArrayList<>())
                        .add(it));
        List<Group> groups = new ArrayList<>();
        byExecution.forEach((name, findings) ->
                groups.add(new Group(name, List.copyOf(findings), execution(summary, findings.getFirst()))));
        if (!groups.isEmpty()) {
            sections.add(new EvidenceSection(heading, List.copyOf(groups)));
        }
    }

    private static String name(String step, Optional<String> host) {
        return step + host.map(it -> " on " + it).orElse("");
    }

    private static Optional<Summary.Step> execution(Summary summary, Summary.Evidence evidence) {
        List<Summary.Step> executions = summary.steps().stream()
                .filter(step -> step.id().equals(evidence.step()))
                .toList();
        return executions.stream()
                .filter(step -> step.host().equals(evidence.host()))
                .findFirst()
                .or(() -> executions.stream().findFirst());
    }

    /** What it does to the cause: its own entry or its nearest ancestor's, else the greatest of those below it. */
    private static double push(Map<String, Double> moved, String cause) {
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

    private static double strength(Summary.Evidence evidence) {
        return evidence.moved().values().stream().mapToDouble(Math::abs).max().orElse(0);
    }
}
