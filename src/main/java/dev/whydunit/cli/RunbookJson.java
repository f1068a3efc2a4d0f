package dev.whydunit.cli;

import dev.whydunit.belief.Belief;
import dev.whydunit.belief.Strength;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.expression.Template;
import dev.whydunit.runbook.Finding;
import dev.whydunit.runbook.Hypothesis;
import dev.whydunit.runbook.Input;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A runbook for programs: what {@link RunbookText} says. */
final class RunbookJson {
    private RunbookJson() {}

    static String of(Runbook runbook) {
        Belief prior = Belief.prior(RunbookBelief.tree(runbook));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", runbook.id());
        json.put("version", runbook.version());
        json.put("title", runbook.title());
        json.put("about", runbook.about());
        json.put("source", runbook.source());
        json.put("symptom", runbook.symptom().source());
        json.put(
                "inputs",
                runbook.inputs().values().stream().map(RunbookJson::input).toList());
        json.put("hypotheses", hypotheses(runbook.hypotheses(), prior));
        json.put(
                "steps",
                runbook.steps().values().stream().map(RunbookJson::step).toList());
        return JsonText.of(json);
    }

    private static Map<String, Object> input(Input input) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", input.id());
        json.put("type", word(input.type()));
        json.put("required", input.required());
        input.defaultValue().ifPresent(value -> json.put("default", value.toString()));
        input.from().ifPresent(from -> json.put("from", from));
        json.put("about", input.about());
        if (!input.choices().isEmpty()) {
            json.put("choices", input.choices().stream().map(Object::toString).toList());
        }
        return json;
    }

    private static List<Map<String, Object>> hypotheses(List<Hypothesis> hypotheses, Belief prior) {
        return hypotheses.stream()
                .map(one -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("id", one.id());
                    json.put("claim", one.claim());
                    json.put("prior", Math.round(prior.probability(one.id()) * 1e4) / 1e4);
                    one.remedy().map(Template::source).ifPresent(text -> json.put("remedy", text));
                    one.prevention().map(Template::source).ifPresent(text -> json.put("prevention", text));
                    if (!one.why().isEmpty()) {
                        json.put("why", hypotheses(one.why(), prior));
                    }
                    return json;
                })
                .toList();
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", step.id());
        json.put("kind", step.kind().name());
        json.put("title", step.title());
        json.put("effect", word(step.effect()));
        json.put("approval", step.approval());
        json.put("needs", step.needs());
        json.put("findings", step.findings().stream().map(RunbookJson::finding).toList());
        return json;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", finding.id());
        json.put("when", finding.when().source());
        finding.says().map(Template::source).ifPresent(text -> json.put("says", text));
        json.put("supports", strengths(finding.supports()));
        json.put("refutes", strengths(finding.refutes()));
        json.put("symptom", finding.symptom());
        return json;
    }

    private static Map<String, String> strengths(Map<String, Strength> given) {
        Map<String, String> words = new LinkedHashMap<>();
        given.forEach((hypothesis, strength) -> words.put(hypothesis, word(strength)));
        return words;
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
