package dev.whydunit.engine;

import dev.whydunit.belief.Finding;
import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.belief.Verdict;
import dev.whydunit.belief.Verdicts;
import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.Variables;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Runbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts a verdict into words: the author's claim, remedy and prevention, with their values put in. */
final class Judgement {
    private final Runbook runbook;
    private final HypothesisTree tree;
    private final Variables variables;

    Judgement(Runbook runbook, HypothesisTree tree, Variables variables) {
        this.runbook = runbook;
        this.tree = tree;
        this.variables = variables;
    }

    VerdictFacts of(Verdict verdict, List<Finding> findings) {
        return switch (verdict) {
            case Verdict.Concluded concluded ->
                caused(
                        "concluded",
                        concluded.path(),
                        concluded.probability(),
                        concluded.restsOn(),
                        concluded.alsoFound(),
                        List.of());
            case Verdict.Narrowed narrowed ->
                caused(
                        "narrowed",
                        narrowed.path(),
                        narrowed.probability(),
                        narrowed.restsOn(),
                        narrowed.alsoFound(),
                        indistinguishable(findings));
            case Verdict.Inconclusive inconclusive ->
                new VerdictFacts(
                        "inconclusive",
                        List.of(),
                        "",
                        0,
                        "",
                        "",
                        false,
                        List.of(),
                        inconclusive.alsoFound(),
                        indistinguishable(findings),
                        inconclusive.unsupported());
            case Verdict.SymptomAbsent absent ->
                new VerdictFacts(
                        "symptom_absent",
                        List.of(),
                        "",
                        0,
                        "",
                        "",
                        false,
                        List.of(),
                        absent.alsoFound(),
                        List.of(),
                        Optional.empty());
        };
    }

    private VerdictFacts caused(
            String status,
            List<String> path,
            double probability,
            List<String> restsOn,
            List<String> alsoFound,
            List<List<String>> indistinguishable) {
        List<Hypothesis> chain = chain(path);
        return new VerdictFacts(
                status,
                path,
                chain.getLast().claim(),
                probability,
                deepest(chain, Hypothesis::remedy),
                deepest(chain, Hypothesis::prevention),
                restsOn.isEmpty(),
                restsOn,
                alsoFound,
                indistinguishable,
                Optional.empty());
    }

    private List<List<String>> indistinguishable(List<Finding> findings) {
        return Verdicts.indistinguishable(tree, findings).stream()
                .map(pair -> List.of(pair.one(), pair.another()))
                .toList();
    }

    private List<Hypothesis> chain(List<String> path) {
        List<Hypothesis> chain = new ArrayList<>();
        List<Hypothesis> level = runbook.hypotheses();
        for (String id : path) {
            Hypothesis found = level.stream()
                    .filter(hypothesis -> hypothesis.id().equals(id))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("the verdict names " + id + ", which the runbook does not"));
            chain.add(found);
            level = found.why();
        }
        return chain;
    }

    /** The text of the deepest node that has one: a cause without a remedy of its own has its parent's. */
    private String deepest(List<Hypothesis> chain, Function<Hypothesis, Optional<Template>> text) {
        return chain.reversed().stream()
                .flatMap(hypothesis -> text.apply(hypothesis).stream())
                .findFirst()
                .map(template -> text(template, variables))
                .orElse("");
    }

    /** A text for people; where a value in it is absent, the text as the author wrote it. */
    static String text(Template template, Variables variables) {
        try {
            return template.render(variables, Sink.PLAIN);
        } catch (EvaluationFailure e) {
            return template.source();
        }
    }
}
