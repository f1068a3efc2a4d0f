package dev.whydunit.belief;

import java.util.HashMap;
import java.util.Map;

/** Writes findings in one line: {@code finding("plan.reads_much").supports("slow_query", STRONG).get()}. */
final class FindingUnderTest {
    private final String id;
    private final Map<String, Strength> supports = new HashMap<>();
    private final Map<String, Strength> refutes = new HashMap<>();
    private String group;
    private Sensitivity shows = Sensitivity.USUALLY;
    private boolean ignoreFalse;
    private boolean symptom;

    private FindingUnderTest(String id) {
        this.id = id;
        this.group = id.substring(0, id.indexOf('.'));
    }

    static FindingUnderTest finding(String id) {
        return new FindingUnderTest(id);
    }

    FindingUnderTest supports(String hypothesis, Strength strength) {
        supports.put(hypothesis, strength);
        return this;
    }

    FindingUnderTest refutes(String hypothesis, Strength strength) {
        refutes.put(hypothesis, strength);
        return this;
    }

    FindingUnderTest group(String name) {
        group = name;
        return this;
    }

    FindingUnderTest shows(Sensitivity sensitivity) {
        shows = sensitivity;
        return this;
    }

    FindingUnderTest ignoreFalse() {
        ignoreFalse = true;
        return this;
    }

    FindingUnderTest symptom() {
        symptom = true;
        return this;
    }

    Finding get() {
        return new Finding(id, group, supports, refutes, shows, ignoreFalse, symptom);
    }

    Reading is(Outcome outcome) {
        return new Reading(get(), outcome);
    }
}
