package dev.whydunit.replay;

import dev.whydunit.engine.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An investigation beside what it would be now.
 *
 * @param was empty where only what was seen is known, not what it came to
 * @param belief of each hypothesis that differs, then and now; a hypothesis that was not there, or is not any more, is absent
 * @param findings whose outcome differs
 * @param notRecorded steps that would be run now, of which nothing was recorded: they are not checked
 * @param noLongerRun steps that were run then and would not be now
 */
public record Rerun(
        Optional<Replayed> was,
        Replayed now,
        Map<String, Change<Double>> belief,
        Map<String, Change<String>> findings,
        List<String> notRecorded,
        List<String> noLongerRun) {
    /** Below that two probabilities are shown alike. */
    private static final double SAME = 0.00005;

    /** Then and now. */
    public record Change<T>(Optional<T> then, Optional<T> now) {}

    /** Keeps its own copies. */
    public Rerun {
        belief = Collections.unmodifiableMap(new LinkedHashMap<>(belief));
        findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
        notRecorded = List.copyOf(notRecorded);
        noLongerRun = List.copyOf(noLongerRun);
    }

    /**
     * Compares.
     *
     * @param recorded the steps of which something was recorded
     */
    public static Rerun of(Optional<Replayed> was, Replayed now, Set<String> recorded) {
        Map<String, Change<Double>> belief = new LinkedHashMap<>();
        Map<String, Change<String>> findings = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        if (was.isPresent()) {
            Replayed then = was.get();
            for (String path : union(then.belief().keySet(), now.belief().keySet())) {
                Optional<Double> before = Optional.ofNullable(then.belief().get(path));
                Optional<Double> after = Optional.ofNullable(now.belief().get(path));
                if (before.isEmpty() || after.isEmpty() || Math.abs(before.get() - after.get()) > SAME) {
                    belief.put(path, new Change<>(before, after));
                }
            }
            for (String id : union(then.findings().keySet(), now.findings().keySet())) {
                Optional<String> before = outcome(then, id);
                Optional<String> after = outcome(now, id);
                if (!before.equals(after)) {
                    findings.put(id, new Change<>(before, after));
                }
            }
            then.run().stream().filter(step -> !now.run().contains(step)).forEach(gone::add);
        }
        return new Rerun(
                was,
                now,
                belief,
                findings,
                now.run().stream().filter(step -> !recorded.contains(step)).toList(),
                gone);
    }

    private static Set<String> union(Set<String> one, Set<String> another) {
        Set<String> both = new LinkedHashSet<>(one);
        both.addAll(another);
        return both;
    }

    private static Optional<String> outcome(Replayed replayed, String finding) {
        return Optional.ofNullable(replayed.findings().get(finding)).map(Event.FindingRead::outcome);
    }

    /** Whether the verdict is the same: its status and its path. */
    public boolean sameVerdict() {
        return was.isPresent()
                && was.get().verdict().status().equals(now.verdict().status())
                && was.get().path().equals(now.path());
    }
}
