package dev.whydunit.runbook;

import dev.whydunit.expression.Template;
import dev.whydunit.yaml.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One YAML document: symptom, triggers, inputs, hypotheses, steps. Checked: every name in it resolves and every expression
 * has the type that its place needs.
 *
 * @param source the file's name as it was given
 * @param about may be empty
 * @param version of the runbook itself; may be empty
 * @param owner may be empty
 * @param triggers any of which starts it
 * @param otherCause the prior probability that the cause is none of the hypotheses
 * @param concludeAt the probability from which a hypothesis is a verdict
 */
public record Runbook(
        String id,
        Position position,
        String source,
        String title,
        String about,
        String version,
        String owner,
        List<String> tags,
        Template symptom,
        Optional<Template> expected,
        List<Trigger> triggers,
        Map<String, Input> inputs,
        double otherCause,
        double concludeAt,
        List<Hypothesis> hypotheses,
        Map<String, Step> steps) {
    /** Keeps its own copies of the collections, in the order of the file. */
    public Runbook {
        tags = List.copyOf(tags);
        triggers = List.copyOf(triggers);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        hypotheses = List.copyOf(hypotheses);
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
}
