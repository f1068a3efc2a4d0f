package dev.whydunit.report;

import dev.whydunit.schema.Spelling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A hypothesis as a person names it: by its path, or by its bare id. */
public final class HypothesisName {
    private HypothesisName() {}

    /** The path that is meant; of a bare {@code other} the one at the top. Empty when there is none. */
    public static Optional<String> path(Summary summary, String name) {
        if (summary.prior().containsKey(name)) {
            return Optional.of(name);
        }
        List<String> ofThatId = summary.prior().keySet().stream()
                .filter(path -> Wording.id(path).equals(name))
                .toList();
        return ofThatId.size() == 1 ? Optional.of(ofThatId.getFirst()) : Optional.empty();
    }

    /** What is wrong with a name that is none, and what to do. */
    public static String unknown(Summary summary, String name) {
        Set<String> known = new LinkedHashSet<>();
        summary.prior().keySet().stream().map(Wording::id).forEach(known::add);
        known.addAll(summary.prior().keySet());
        return "the runbook " + summary.runbook() + " has no hypothesis " + name + "; "
                + Spelling.didYouMeanOr(name, known, "there are");
    }
}
