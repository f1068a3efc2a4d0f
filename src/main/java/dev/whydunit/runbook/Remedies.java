package dev.whydunit.runbook;

import dev.whydunit.schema.Names;
import dev.whydunit.schema.NamesHypothesis;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Steps that remedy a hypothesis, and those that look afterwards. */
public final class Remedies {
    private Remedies() {}

    /** The hypothesis that a step of this kind is a remedy for; what is wrong with it is noted. */
    static Optional<String> hypothesis(WrittenKind kind, Set<String> hypotheses, Problems problems) {
        for (RecordComponent component : kind.signature().parameters().getRecordComponents()) {
            if (component.isAnnotationPresent(NamesHypothesis.class)
                    && kind.written().value() instanceof YamlNode.Mapping mapping
                    && mapping.get(Names.snake(component.getName())).orElse(null) instanceof YamlNode.Scalar named) {
                if (!hypotheses.contains(named.text())) {
                    problems.add(
                            "E302",
                            named,
                            "there is no hypothesis '" + named.text() + "'",
                            named.text().equals("other")
                                    ? "nobody knows what remedies a cause that the runbook does not name"
                                    : Spelling.didYouMeanOr(named.text(), hypotheses, "hypotheses"));
                }
                return Optional.of(named.text());
            }
        }
        return Optional.empty();
    }

    /** The steps that remedy, and those that need one of them: they run once the diagnosis is done. */
    public static Set<String> late(Map<String, Step> steps) {
        Set<String> late = new TreeSet<>();
        int before;
        do {
            before = late.size();
            for (Step step : steps.values()) {
                if (step.remedies().isPresent() || step.needs().stream().anyMatch(late::contains)) {
                    late.add(step.id());
                }
            }
        } while (late.size() > before);
        return late;
    }

    /** What is seen after a remedy was applied says nothing about what was wrong before. */
    static void checkEvidence(Map<String, Step> steps, Problems problems) {
        for (String id : late(steps)) {
            Step step = steps.get(id);
            if (step == null) {
                continue;
            }
            for (Finding finding : step.findings()) {
                if (finding.symptom()
                        || !finding.supports().isEmpty()
                        || !finding.refutes().isEmpty()) {
                    problems.add(
                            new Problem(
                                    "E319",
                                    finding.position(),
                                    finding.id().length(),
                                    "finding '" + finding.id() + "' is read after a remedy and would move belief",
                                    "leave out supports, refutes and symptom: what is so after the remedy says nothing about what was wrong before"));
                }
            }
        }
    }
}
