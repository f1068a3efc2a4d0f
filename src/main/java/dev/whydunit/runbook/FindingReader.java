package dev.whydunit.runbook;

import dev.whydunit.belief.Strength;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Mention;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.ValueType;
import dev.whydunit.runbook.RunbookDocument.FindingDocument;
import dev.whydunit.runbook.RunbookDocument.IfFalse;
import dev.whydunit.runbook.RunbookDocument.StepDocument;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the findings of a step. */
final class FindingReader {
    /** Told what each expression reads. */
    interface Reads {
        void note(YamlNode.Scalar text, Set<String> references, List<Mention> hypotheses);
    }

    private static final int MOST = 100;

    private final Set<String> hypotheses;
    private final Problems problems;
    private final Reads reads;

    FindingReader(Set<String> hypotheses, Problems problems, Reads reads) {
        this.hypotheses = hypotheses;
        this.problems = problems;
        this.reads = reads;
    }

    /** The findings; expressions are left unchecked where the step's kind is not known. */
    List<Finding> read(Keyed<StepDocument> step, Optional<Scope> scope) {
        List<Finding> findings = new ArrayList<>();
        for (Keyed<FindingDocument> entry : step.value().findings()) {
            Ids.check(entry.key(), "a finding's id", problems);
            FindingDocument document = entry.value();
            Map<String, Strength> supports = strengths(document.supports());
            Map<String, Strength> refutes = strengths(document.refutes());
            both(document);
            Optional<Expression> when = scope.flatMap(known -> when(document, known));
            Optional<Template> says = scope.flatMap(known -> document.says().flatMap(text -> says(text, known)));
            when.ifPresent(expression -> findings.add(new Finding(
                    entry.name(),
                    entry.key().position(),
                    expression,
                    says,
                    supports,
                    refutes,
                    document.shows(),
                    document.ifFalse() == IfFalse.IGNORE,
                    document.group(),
                    document.symptom())));
        }
        if (step.value().findings().size() > MOST) {
            problems.add("E310", step.key(), "a step has at most " + MOST + " findings", "split it");
        }
        return findings;
    }

    private Optional<Expression> when(FindingDocument document, Scope scope) {
        Optional<Expression> when = Sources.expression(document.when(), scope, ValueType.Simple.BOOL, problems);
        when.ifPresent(good -> reads.note(document.when(), good.references(), good.hypotheses()));
        return when;
    }

    private Optional<Template> says(YamlNode.Scalar text, Scope scope) {
        Optional<Template> says = Sources.text(text, scope, problems);
        says.ifPresent(good -> reads.note(text, good.references(), good.hypotheses()));
        return says;
    }

    private Map<String, Strength> strengths(List<Keyed<Strength>> entries) {
        Map<String, Strength> strengths = new LinkedHashMap<>();
        for (Keyed<Strength> entry : entries) {
            if (hypotheses.contains(entry.name())) {
                strengths.put(entry.name(), entry.value());
            } else {
                problems.add(
                        "E302",
                        entry.key(),
                        "there is no hypothesis '" + entry.name() + "'",
                        Spelling.didYouMeanOr(entry.name(), hypotheses, "hypotheses"));
            }
        }
        return strengths;
    }

    private void both(FindingDocument document) {
        List<String> supported = document.supports().stream().map(Keyed::name).toList();
        for (Keyed<Strength> refuted : document.refutes()) {
            if (supported.contains(refuted.name())) {
                problems.add(
                        "E309",
                        refuted.key(),
                        "this finding both supports and refutes '" + refuted.name() + "'",
                        "remove it from one of the two");
            }
        }
    }
}
