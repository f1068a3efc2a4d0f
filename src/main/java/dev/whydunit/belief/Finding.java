package dev.whydunit.belief;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a named yes/no reading says for and against hypotheses.
 *
 * @param id {@code step.finding}
 * @param group findings of one group read the same signal and count once, by the strongest; by default the step's id
 * @param supports hypotheses, by id or path, that make it more likely to be true
 * @param refutes hypotheses, by id or path, that make it less likely to be true
 * @param shows how surely the hypothesis that it supports most shows it
 * @param ignoreFalse whether it says nothing when it is false
 * @param symptom whether it confirms the problem itself
 */
public record Finding(
        String id,
        String group,
        Map<String, Strength> supports,
        Map<String, Strength> refutes,
        Sensitivity shows,
        boolean ignoreFalse,
        boolean symptom) {

    /**
     * Keeps its own copies of the maps.
     *
     * @throws IllegalArgumentException when it both supports and refutes one hypothesis
     */
    public Finding {
        supports = Map.copyOf(supports);
        refutes = Map.copyOf(refutes);
        for (String hypothesis : supports.keySet()) {
            if (refutes.containsKey(hypothesis)) {
                throw new IllegalArgumentException(
                        "finding '" + id + "' both supports and refutes '" + hypothesis + "': keep one of them");
            }
        }
    }

    /** The id of the step that it is read from: what stands before the first dot of its id. */
    public String step() {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    /** What it says of each hypothesis that it names: the likelihood ratio, above 1 for and below 1 against. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        supports.forEach((hypothesis, strength) -> ratios.put(hypothesis, strength.ratio()));
        refutes.forEach((hypothesis, strength) -> ratios.put(hypothesis, 1 / strength.ratio()));
        return ratios;
    }
}
