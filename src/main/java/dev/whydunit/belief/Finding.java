package dev.whydunit.belief;

import java.util.Map;

/**
 * What a finding says of hypotheses.
 *
 * @param id unique in the runbook
 * @param group findings of one group read the same signal and count once, by the strongest
 * @param supports hypotheses that it speaks for, by bare id
 * @param refutes hypotheses that it speaks against, by bare id
 * @param shows how surely the cause shows it
 * @param ignoreFalse whether its being false says nothing
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
    /** Keeps its own copies of the maps. */
    public Finding {
        supports = Map.copyOf(supports);
        refutes = Map.copyOf(refutes);
    }
}
