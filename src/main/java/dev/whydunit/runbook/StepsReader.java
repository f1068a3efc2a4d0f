package dev.whydunit.runbook;

import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.runbook.RunbookDocument.StepDocument;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps: first the kind of each, since expressions of one step may read another's result; then all the rest. */
final class StepsReader {
    private static final List<String> STEP_KEYS = List.of(
            "title",
            "needs",
            "if",
            "for_each",
            "hosts",
            "timeout",
            "retry",
            "expect_data",
            "cost",
            "effect",
            "approval",
            "always",
            "outputs",
            "findings");

    private final Map<String, KindSignature> kinds;
    private final Scope scope;
    private final Set<String> hypotheses;
    private final Problems problems;

    StepsReader(Map<String, KindSignature> kinds, Scope scope, Set<String> hypotheses, Problems problems) {
        this.kinds = kinds;
        this.scope = scope;
        this.hypotheses = hypotheses;
        this.problems = problems;
    }

    Map<String, Step> read(List<Keyed<StepDocument>> entries) {
        List<Optional<WrittenKind>> kindOf = new ArrayList<>();
        Map<String, ValueType> types = new LinkedHashMap<>();
        for (Keyed<StepDocument> entry : entries) {
            Ids.check(entry.key(), "a step's id", problems);
            Optional<WrittenKind> kind = kind(entry);
            kindOf.add(kind);
            types.put(
                    entry.name(),
                    kind.map(known -> type(entry, known.signature())).orElse(ValueType.Simple.DYNAMIC));
        }
        Scope withSteps = scope.with("steps", new ValueType.Struct("steps", types));
        Map<String, Step> steps = new LinkedHashMap<>();
        List<StepNeeds> needs = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Keyed<StepDocument> entry = entries.get(i);
            StepReader reader = new StepReader(withSteps, types.keySet(), hypotheses, problems);
            StepReader.Read read = reader.read(entry, kindOf.get(i));
            needs.add(read.needs());
            read.step().ifPresent(step -> steps.put(entry.name(), step));
        }
        StepNeeds.checkCycles(needs, problems);
        Remedies.checkEvidence(steps, problems);
        return steps;
    }

    private static ValueType type(Keyed<StepDocument> entry, KindSignature kind) {
        return RunbookScopes.step(
                entry.name(),
                kind,
                entry.value().outputs().stream().map(Keyed::name).toList(),
                entry.value().findings().stream().map(Keyed::name).toList());
    }

    /** The one key of the step that is a kind. */
    private Optional<WrittenKind> kind(Keyed<StepDocument> entry) {
        Optional<WrittenKind> found = Optional.empty();
        List<String> known = new ArrayList<>(STEP_KEYS);
        known.addAll(kinds.keySet());
        for (Keyed<YamlNode> key : entry.value().kind()) {
            KindSignature signature = kinds.get(key.name());
            if (signature == null) {
                problems.add(
                        "E307",
                        key.key(),
                        "step '" + entry.name() + "' has neither a key nor a kind '" + key.name() + "'",
                        Spelling.closest(key.name(), known).isPresent()
                                ? Spelling.didYouMean(key.name(), known)
                                : "kinds: " + Spelling.list(kinds.keySet()));
            } else if (found.isPresent()) {
                problems.add(
                        "E306",
                        key.key(),
                        "step '" + entry.name() + "' has two kinds: "
                                + found.get().signature().name() + " and " + key.name(),
                        "make two steps of it");
            } else {
                found = Optional.of(new WrittenKind(signature, key));
            }
        }
        if (entry.value().kind().isEmpty()) {
            problems.add(
                    "E305",
                    entry.key(),
                    "step '" + entry.name() + "' has no kind: it does not say what to do",
                    "add one of " + Spelling.list(kinds.keySet()));
        }
        return found;
    }
}
