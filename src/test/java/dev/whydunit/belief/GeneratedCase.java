package dev.whydunit.belief;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A tree and readings made from a seed, for properties that hold for all of them. */
record GeneratedCase(Random random, HypothesisTree tree, List<Reading> readings) {
    private static final int CASES = 300;

    static void forMany(Consumer<GeneratedCase> property) {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedCase generated = of(seed);
            try {
                property.accept(generated);
            } catch (AssertionError e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static GeneratedCase of(long seed) {
        Random random = new Random(seed);
        int[] ids = {0};
        HypothesisTree tree =
                HypothesisTree.of(causes(random, ids, 1 + random.nextInt(5), 0), 0.05 + 0.5 * random.nextDouble());
        GeneratedCase generated = new GeneratedCase(random, tree, new ArrayList<>());
        int readings = random.nextInt(10);
        for (int i = 0; i < readings; i++) {
            generated.readings.add(
                    new Reading(generated.finding("step" + random.nextInt(5) + ".f" + i), outcome(random)));
        }
        return generated;
    }

    private static List<Cause> causes(Random random, int[] ids, int count, int depth) {
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int children = depth < 3 && random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
            causes.add(
                    new Cause("h" + ids[0]++, 0.1 + 5 * random.nextDouble(), causes(random, ids, children, depth + 1)));
        }
        return causes;
    }

    /** Says something, or nothing, of some hypotheses. */
    Finding finding(String id) {
        Map<String, Strength> supports = new HashMap<>();
        Map<String, Strength> refutes = new HashMap<>();
        for (String path : tree.paths()) {
            switch (random.nextInt(5)) {
                case 0 -> supports.put(path, strength());
                case 1 -> refutes.put(path, strength());
                default -> {}
            }
        }
        String step = id.substring(0, id.indexOf('.'));
        return new Finding(id, step, supports, refutes, sensitivity(), random.nextInt(4) == 0, false);
    }

    Strength strength() {
        return Strength.values()[random.nextInt(Strength.values().length)];
    }

    Sensitivity sensitivity() {
        return Sensitivity.values()[random.nextInt(Sensitivity.values().length)];
    }

    private static Outcome outcome(Random random) {
        return Outcome.values()[random.nextInt(Outcome.values().length)];
    }

    Belief belief() {
        return Belief.after(tree, readings);
    }

    /** Belief after one more reading. */
    Belief with(Reading reading) {
        List<Reading> more = new ArrayList<>(readings);
        more.add(random.nextInt(more.size() + 1), reading);
        return Belief.after(tree, more);
    }
}
