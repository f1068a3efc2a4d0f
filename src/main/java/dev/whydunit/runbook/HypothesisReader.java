package dev.whydunit.runbook;

import dev.whydunit.expression.Scope;
import dev.whydunit.runbook.RunbookDocument.HypothesisDocument;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Position;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tree of hypotheses: ids that are unique in all of it, priors as weights. */
final class HypothesisReader {
    private static final double OCCASIONAL = 2;
    private static final Map<String, Double> PRIORS = Map.of("common", 4.0, "occasional", OCCASIONAL, "rare", 1.0);
    private static final String OTHER = "other";
    private static final int MOST = 500;

    private final Scope scope;
    private final Problems problems;
    private final Map<String, Position> ids = new LinkedHashMap<>();

    HypothesisReader(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    /** All ids of the tree. */
    Set<String> ids() {
        return Collections.unmodifiableSet(ids.keySet());
    }

    List<Hypothesis> read(List<Keyed<HypothesisDocument>> level) {
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (Keyed<HypothesisDocument> entry : level) {
            id(entry.key());
            HypothesisDocument document = entry.value();
            hypotheses.add(new Hypothesis(
                    entry.name(),
                    entry.key().position(),
                    document.claim(),
                    document.prior().map(this::weight).orElse(OCCASIONAL),
                    document.remedy().flatMap(text -> Sources.text(text, scope, problems)),
                    document.prevention().flatMap(text -> Sources.text(text, scope, problems)),
                    read(document.why())));
        }
        return hypotheses;
    }

    private void id(YamlNode.Scalar key) {
        Ids.check(key, "a hypothesis's id", problems);
        if (key.text().equals(OTHER)) {
            problems.add(
                    "E308",
                    key,
                    "'other' stands for every cause that is not written down, and cannot be written",
                    "rename it");
        }
        Position first = ids.putIfAbsent(key.text(), key.position());
        if (first != null) {
            problems.add(
                    "E308",
                    key,
                    "hypothesis '" + key.text() + "' is given twice in the tree; first in line " + first.line()
                            + ", column " + first.column(),
                    "findings name hypotheses bare: rename one");
        } else if (ids.size() == MOST + 1) {
            problems.add("E310", key, "a runbook has at most " + MOST + " hypotheses", "split it");
        }
    }

    private double weight(YamlNode.Scalar prior) {
        Optional<Double> word = Optional.ofNullable(PRIORS.get(prior.text()));
        if (word.isPresent()) {
            return word.get();
        }
        try {
            double weight = Double.parseDouble(prior.text());
            if (weight > 0 && weight <= 1_000_000) {
                return weight;
            }
            problems.add("E315", prior, "a prior is a positive number, at most 1000000, not " + prior.text(), "");
        } catch (NumberFormatException e) {
            problems.add(
                    "E315",
                    prior,
                    "a prior is common, occasional, rare or a positive number, not '" + prior.text() + "'",
                    Spelling.didYouMean(prior.text(), PRIORS.keySet()));
        }
        return 1;
    }
}
