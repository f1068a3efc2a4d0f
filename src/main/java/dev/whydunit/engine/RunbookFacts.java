package dev.whydunit.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an investigation keeps of its runbook, so that it can be read without it.
 *
 * @param source the file that it was read from
 * @param sha256 of the text
 * @param hypotheses every node of the tree by path, in order
 * @param steps every step, in the order of the file
 */
public record RunbookFacts(
        String id,
        String version,
        String title,
        String source,
        String sha256,
        double concludeAt,
        Map<String, HypothesisFacts> hypotheses,
        List<StepFacts> steps) {

    /** One node of the tree; remedy and prevention are empty where the author wrote none. */
    public record HypothesisFacts(String claim, double prior, String remedy, String prevention) {}

    /**
     * One step, its findings, and which of them confirm the symptom.
     *
     * @param pushes what each finding says, by its id within the step; empty in journals of versions that did not keep it
     */
    public record StepFacts(
            String id,
            String kind,
            String title,
            List<String> findings,
            List<String> symptoms,
            Optional<Map<String, PushFacts>> pushes) {}

    /**
     * What a finding says of hypotheses, in nats by path, as {@link dev.whydunit.belief.Belief#moved} gives it.
     *
     * @param group findings of one group count once, by the strongest
     * @param ifTrue when it is true
     * @param ifFalse when it is false
     */
    public record PushFacts(String group, Map<String, Double> ifTrue, Map<String, Double> ifFalse) {}
}
