package dev.whydunit.cases;

import dev.whydunit.belief.HypothesisTree;
import dev.whydunit.cases.CaseDocument.HostDocument;
import dev.whydunit.engine.Hosts;
import dev.whydunit.engine.RunbookBelief;
import dev.whydunit.engine.Trigger;
import dev.whydunit.runbook.Inputs;
import dev.whydunit.runbook.Runbook;
import dev.whydunit.runbook.Step;
import dev.whydunit.schema.Durations;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Holes;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problem;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.YamlLimits;
import dev.whydunit.yaml.YamlNode;
import dev.whydunit.yaml.YamlReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads cases of one runbook and checks them against it. Thread-safe. */
public final class CaseReader {
    private static final int MOST_PARALLEL = 64;
    /** What a recorded case may hold is far more than a person writes. */
    private static final YamlLimits LIMITS = new YamlLimits(16 << 20, 60, 1_000_000, 100, 4 << 20);

    private final Runbook runbook;
    private final HypothesisTree tree;

    /** For cases of this runbook. */
    public CaseReader(Runbook runbook) {
        this.runbook = runbook;
        this.tree = RunbookBelief.tree(runbook);
    }

    /** The record that a case is bound to first: what a JSON Schema of it can be made from. */
    public static Class<? extends Record> document() {
        return CaseDocument.class;
    }

    /**
     * Reads one case.
     *
     * @param file its name, for messages
     */
    public ParsedCase read(String file, String text) {
        YamlReader.Read read = YamlReader.read(file, text, LIMITS);
        Problems problems = new Problems();
        Problems notes = new Problems();
        read.problems().forEach(problems::add);
        Optional<Case> content = read.root()
                .flatMap(root -> new Binder(Holes.NONE, problems)
                        .bindAsFarAsItGoes(root, CaseDocument.class, "a case", start(root))
                        .map(document -> make(file, document, problems, notes)));
        return new ParsedCase(content, problems.sorted(), notes.sorted());
    }

    private static YamlNode start(YamlNode root) {
        return root instanceof YamlNode.Mapping mapping && !mapping.entries().isEmpty()
                ? mapping.entries().getFirst().key()
                : root;
    }

    private Case make(String file, CaseDocument document, Problems problems, Problems notes) {
        Trigger trigger = trigger(document);
        ObservationReader observations = new ObservationReader(problems, notes);
        Map<String, Map<String, Recorded>> seen = new LinkedHashMap<>();
        for (Keyed<CaseDocument.ObservationDocument> entry : document.observations()) {
            step(entry.key(), problems).ifPresent(step -> seen.put(step.id(), observations.read(step, entry)));
        }
        Map<String, Duration> costs = new LinkedHashMap<>();
        for (Keyed<YamlNode.Scalar> cost : document.costs()) {
            Optional<Duration> time = time(cost.value(), problems);
            if (step(cost.key(), problems).isPresent() && time.isPresent()) {
                costs.put(cost.name(), time.get());
            }
        }
        if (document.runbook().filter(id -> !id.equals(runbook.id())).isPresent()) {
            problems.add(
                    "E706",
                    document.case_(),
                    "this is a case of the runbook '" + document.runbook().get() + "', not of '" + runbook.id() + "'",
                    "move it to " + document.runbook().get() + ".cases, or take runbook: out of it");
        }
        if (document.parallel() < 1 || document.parallel() > MOST_PARALLEL) {
            problems.add("E310", document.case_(), "'parallel' is from 1 to " + MOST_PARALLEL, "");
        }
        return new Case(
                file,
                document.case_().text(),
                Place.of(document.case_()),
                document.now(),
                document.environment(),
                trigger,
                inputs(document, trigger, problems),
                document.service(),
                document.host().map(CaseReader::host).orElse(new Hosts.Host("here", 4, 8L << 30)),
                costs,
                Math.clamp(document.parallel(), 1, MOST_PARALLEL),
                seen,
                document.expect()
                        .map(expected -> new ExpectationReader(runbook, tree, problems).read(expected))
                        .orElse(List.of()));
    }

    private static Hosts.Host host(HostDocument host) {
        return new Hosts.Host(host.name().isBlank() ? "here" : host.name(), host.cpus(), host.memory());
    }

    private static Trigger trigger(CaseDocument document) {
        if (document.alert().isEmpty()) {
            return Trigger.command();
        }
        CaseDocument.AlertDocument alert = document.alert().get();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("labels", alert.labels());
        data.put("annotations", alert.annotations());
        data.put("status", alert.status());
        data.put("starts_at", alert.startsAt().orElse(document.now()).toString());
        return new Trigger("alert", data);
    }

    private Map<String, Object> inputs(CaseDocument document, Trigger trigger, Problems problems) {
        Map<String, String> given = new LinkedHashMap<>();
        Map<String, YamlNode.Scalar> places = new LinkedHashMap<>();
        for (Keyed<YamlNode> input : document.inputs()) {
            if (runbook.inputs().containsKey(input.name())) {
                text(input.value())
                        .ifPresentOrElse(
                                text -> given.put(input.name(), text),
                                () -> problems.add(
                                        "E203",
                                        input.value(),
                                        "'" + input.name() + "' is a text or a list of texts",
                                        ""));
                places.put(input.name(), input.key());
            } else {
                problems.add(
                        "E504",
                        input.key(),
                        "runbook '" + runbook.id() + "' has no input '" + input.name() + "'",
                        Spelling.didYouMeanOr(input.name(), runbook.inputs().keySet(), "its inputs"));
            }
        }
        Inputs.Resolved resolved = Inputs.resolve(runbook, given, trigger.alert());
        for (Problem problem : resolved.problems()) {
            // The runbook's own place of an input says nothing to the author of a case.
            YamlNode at = places.entrySet().stream()
                    .filter(entry -> problem.message().contains("'" + entry.getKey() + "'"))
                    .<YamlNode>map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(document.case_());
            String help = problem.code().equals("E505") ? "give it under inputs:" : problem.help();
            problems.add(problem.code(), at, problem.message(), help);
        }
        return resolved.values();
    }

    private static Optional<String> text(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> Optional.of(scalar.text());
            case YamlNode.Sequence list -> {
                List<String> items = new ArrayList<>();
                list.items().forEach(item -> items.add(item.toString()));
                yield Optional.of(String.join(",", items));
            }
            case YamlNode.Mapping map -> Optional.empty();
        };
    }

    private Optional<Step> step(YamlNode.Scalar key, Problems problems) {
        Optional<Step> step = Optional.ofNullable(runbook.steps().get(key.text()));
        if (step.isEmpty()) {
            problems.add("E701", key, unknownStep(key.text()), didYouMean(key.text()));
        }
        return step;
    }

    private String unknownStep(String name) {
        return "runbook '" + runbook.id() + "' has no step '" + name + "'";
    }

    private String didYouMean(String name) {
        return Spelling.didYouMeanOr(name, runbook.steps().keySet(), "its steps");
    }

    /** A duration as authors write it, or a number of seconds. */
    static Optional<Duration> time(YamlNode.Scalar scalar, Problems problems) {
        Optional<Duration> duration = Durations.parse(scalar.text()).or(() -> fraction(scalar.text()));
        if (duration.isEmpty()) {
            problems.add(
                    "E203",
                    scalar,
                    "this is a duration such as 250ms or 2s, or a number of seconds, not '" + scalar.text() + "'",
                    "");
        }
        return duration;
    }

    /** {@code 2.1s}, {@code 0.4ms}, or {@code 2.1} for seconds. */
    private static Optional<Duration> fraction(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?(ms|s)?")) {
            return Optional.empty();
        }
        int digits = text.endsWith("ms") ? 6 : 9;
        BigDecimal number = new BigDecimal(text.replaceAll("[ms]", ""));
        return Optional.of(Duration.ofNanos(number.movePointRight(digits).longValue()));
    }
}
