package dev.whydunit.runbook;

import dev.whydunit.belief.Sensitivity;
import dev.whydunit.belief.Strength;
import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Template;
import dev.whydunit.yaml.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A named yes/no reading of what a step saw.
 *
 * @param when of type bool
 * @param says the sentence when it is true
 * @param supports hypothesis ids and how strongly it speaks for them
 * @param refutes hypothesis ids and how strongly it speaks against them
 * @param ignoreFalse whether it says nothing when it is false
 * @param group its signal, where it is not the step's own; findings of one group count once
 * @param symptom whether it confirms the problem itself
 */
public record Finding(
        String id,
        Position position,
        Expression when,
        Optional<Template> says,
        Map<String, Strength> supports,
        Map<String, Strength> refutes,
        Sensitivity shows,
        boolean ignoreFalse,
        Optional<String> group,
        boolean symptom) {
    /** Keeps its own copies of the maps, in the order of the file. */
    public Finding {
        supports = Collections.unmodifiableMap(new LinkedHashMap<>(supports));
        refutes = Collections.unmodifiableMap(new LinkedHashMap<>(refutes));
    }
}
