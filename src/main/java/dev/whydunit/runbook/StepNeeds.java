package dev.whydunit.runbook;

import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a step waits for.
 *
 * @param step its key
 * @param on the steps that must have ended, with the place that says so: its entry in {@code needs}, or the step's key where an
 *     expression reads {@code steps.ID}
 */
record StepNeeds(YamlNode.Scalar step, Map<String, YamlNode.Scalar> on) {
    StepNeeds {
        on = new LinkedHashMap<>(on);
    }

    /** Complains of each ring of steps that wait for each other, once. */
    static void checkCycles(List<StepNeeds> all, Problems problems) {
        Map<String, StepNeeds> byId = new LinkedHashMap<>();
        all.forEach(needs -> byId.put(needs.step().text(), needs));
        Set<String> done = new HashSet<>();
        for (StepNeeds needs : all) {
            walk(needs, byId, new ArrayList<>(), done, problems);
        }
    }

    private static void walk(
            StepNeeds at, Map<String, StepNeeds> byId, List<StepNeeds> path, Set<String> done, Problems problems) {
        int ring = path.indexOf(at);
        if (ring >= 0) {
            complain(path.subList(ring, path.size()), problems);
            return;
        }
        if (done.contains(at.step().text())) {
            return;
        }
        path.add(at);
        for (String need : at.on().keySet()) {
            if (byId.containsKey(need)) {
                walk(byId.get(need), byId, path, done, problems);
            }
        }
        path.removeLast();
        done.add(at.step().text());
    }

    private static void complain(List<StepNeeds> ring, Problems problems) {
        StringBuilder shown = new StringBuilder();
        boolean implicit = false;
        for (int i = 0; i < ring.size(); i++) {
            String next = ring.get((i + 1) % ring.size()).step().text();
            YamlNode.Scalar why = ring.get(i).on().get(next);
            implicit = implicit || (why != null && why == ring.get(i).step());
            shown.append(ring.get(i).step().text()).append(" → ");
        }
        StepNeeds last = ring.getLast();
        String first = ring.getFirst().step().text();
        YamlNode.Scalar place = last.on().getOrDefault(first, last.step());
        problems.add(
                "E304",
                place,
                ring.size() == 1
                        ? "step '" + first + "' needs itself"
                        : "these steps wait for each other: " + shown + first,
                implicit ? "an expression that reads steps.ID makes a need too" : "remove one of these needs");
    }
}
