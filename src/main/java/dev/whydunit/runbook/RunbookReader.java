package dev.whydunit.runbook;

import dev.whydunit.expression.Expressions;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.Template;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a runbook from its document and checks all of it. */
final class RunbookReader {
    private static final double OTHER_CAUSE = 0.25;
    private static final double CONCLUDE_AT = 0.8;
    private static final int MOST_STEPS = 500;

    private final Map<String, KindSignature> kinds;
    private final String file;
    private final Problems problems;

    RunbookReader(Map<String, KindSignature> kinds, String file, Problems problems) {
        this.kinds = kinds;
        this.file = file;
        this.problems = problems;
    }

    Optional<Runbook> read(YamlNode root) {
        Optional<RunbookDocument> bound = new Binder(Holes.NONE, problems)
                .bindAsFarAsItGoes(root, RunbookDocument.class, "a runbook", start(root));
        if (bound.isEmpty()) {
            return Optional.empty();
        }
        RunbookDocument document = bound.get();
        YamlNode.Mapping mapping = (YamlNode.Mapping) root;
        Ids.check(document.runbook(), "a runbook's id", problems);
        Map<String, Input> inputs = new InputReader(problems).read(document.inputs());
        Scope scope = RunbookScopes.beforeSteps(inputs);
        HypothesisReader tree = new HypothesisReader(scope, problems);
        List<Hypothesis> hypotheses = tree.read(document.hypotheses());
        if (missing(mapping, "hypotheses")) {
            problems.add(
                    "E311",
                    at(mapping, "hypotheses"),
                    "a runbook needs at least one hypothesis",
                    "hypotheses: {overload: {claim: …}}");
        }
        Map<String, Step> steps = steps(document, mapping, scope, tree);
        Optional<Template> symptom = document.symptom()
                .map(text -> Sources.text(text, scope, problems))
                .orElseGet(() -> Optional.of(plain(document.title())));
        Optional<Template> expected = document.expected().flatMap(text -> Sources.text(text, scope, problems));
        double otherCause = document.otherCause().orElse(OTHER_CAUSE);
        if (!(otherCause >= 0.05 && otherCause <= 0.95)) {
            problems.add("E310", at(mapping, "other_cause"), "other_cause is from 0.05 to 0.95, not " + otherCause, "");
        }
        double concludeAt = document.concludeAt().orElse(CONCLUDE_AT);
        if (!(concludeAt > 0.5 && concludeAt < 1)) {
            problems.add(
                    "E310", at(mapping, "conclude_at"), "conclude_at is above 0.5 and below 1, not " + concludeAt, "");
        }
        List<Trigger> triggers = triggers(document, mapping);
        if (!problems.isEmpty() || symptom.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Runbook(
                document.runbook().text(),
                document.runbook().position(),
                file,
                document.title(),
                document.about(),
                document.version(),
                document.owner(),
                document.tags(),
                symptom.get(),
                expected,
                triggers,
                inputs,
                otherCause,
                concludeAt,
                hypotheses,
                steps));
    }

    private Map<String, Step> steps(
            RunbookDocument document, YamlNode.Mapping mapping, Scope scope, HypothesisReader tree) {
        if (missing(mapping, "steps")) {
            problems.add("E311", at(mapping, "steps"), "a runbook needs at least one step", "");
        }
        if (document.steps().size() > MOST_STEPS) {
            problems.add("E310", at(mapping, "steps"), "a runbook has at most " + MOST_STEPS + " steps", "split it");
            return Map.of();
        }
        return new StepsReader(kinds, scope, tree.ids(), problems).read(document.steps());
    }

    private List<Trigger> triggers(RunbookDocument document, YamlNode.Mapping mapping) {
        List<Trigger> triggers = new ArrayList<>();
        for (RunbookDocument.TriggerDocument trigger : document.triggers()) {
            if (trigger.matchers().isEmpty()) {
                problems.add(
                        "E312",
                        at(mapping, "triggers"),
                        "a trigger without matchers would start on every alert",
                        "give it matchers");
                continue;
            }
            List<Trigger.Matcher> matchers = new ArrayList<>();
            for (YamlNode.Scalar matcher : trigger.matchers()) {
                MatcherSyntax.problem(matcher.text())
                        .ifPresent(why -> problems.add(
                                "E312",
                                matcher,
                                "this is no label matcher: " + why,
                                "write it as severity=~\"critical|warning\""));
                matchers.add(new Trigger.Matcher(matcher.position(), matcher.text()));
            }
            triggers.add(new Trigger(trigger.matchers().getFirst().position(), matchers));
        }
        return triggers;
    }

    /** The title as a symptom: no expression is looked for in it. */
    private static Template plain(String title) {
        return Expressions.literal(title);
    }

    /** Whether there is no such key, or an empty map under it; a wrong value has been complained of already. */
    private static boolean missing(YamlNode.Mapping mapping, String key) {
        return mapping.get(key)
                .map(value ->
                        value instanceof YamlNode.Mapping map && map.entries().isEmpty())
                .orElse(true);
    }

    private YamlNode at(YamlNode.Mapping mapping, String key) {
        return mapping.entry(key).<YamlNode>map(YamlNode.Entry::key).orElse(start(mapping));
    }

    /** A runbook's problems as a whole are shown at its first key. */
    private YamlNode start(YamlNode root) {
        return root instanceof YamlNode.Mapping mapping && !mapping.entries().isEmpty()
                ? mapping.entries().getFirst().key()
                : root;
    }
}
