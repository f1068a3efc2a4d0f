package dev.whydunit.lsp;

import dev.whydunit.expression.Scope;
import dev.whydunit.expression.ValueType;
import dev.whydunit.lsp.Symbol.Sort;
import dev.whydunit.runbook.InputType;
import dev.whydunit.runbook.KindSignature;
import dev.whydunit.runbook.RunbookScopes;
import dev.whydunit.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be told of a runbook that may have mistakes: its ids, where they stand, and what expressions may read. */
final class RunbookModel {
    private static final int DEEPEST = 40;

    /** A step as far as it is written. */
    record StepSketch(
            String id, String title, Optional<KindSignature> kind, Set<String> findings, Set<String> outputs) {}

    /**
     * A text that holds expressions.
     *
     * @param step the step that it belongs to; empty outside of steps
     * @param result whether it reads the result of that step
     * @param bare whether all of it is one expression
     */
    record Site(YamlNode.Scalar text, String step, boolean result, boolean bare) {}

    private final Map<String, KindSignature> kinds;
    private final Map<String, InputType> inputs = new LinkedHashMap<>();
    private final Map<String, String> hypotheses = new LinkedHashMap<>();
    private final Map<String, StepSketch> steps = new LinkedHashMap<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();

    RunbookModel(Optional<YamlNode> root, Map<String, KindSignature> kinds) {
        this.kinds = kinds;
        root.ifPresent(this::read);
    }

    Map<String, KindSignature> kinds() {
        return kinds;
    }

    Map<String, InputType> inputs() {
        return inputs;
    }

    /** Ids and what they claim, with their remedies. */
    Map<String, String> hypotheses() {
        return hypotheses;
    }

    Map<String, StepSketch> steps() {
        return steps;
    }

    List<Symbol> symbols() {
        return symbols;
    }

    List<Site> sites() {
        return sites;
    }

    /** What an expression may read: of a step, and with its result or without. */
    Scope scope(String step, boolean result) {
        Map<String, ValueType> types = new LinkedHashMap<>();
        steps.forEach((id, sketch) -> types.put(
                id,
                sketch.kind()
                        .map(kind -> RunbookScopes.step(id, kind, sketch.outputs(), sketch.findings()))
                        .orElse(ValueType.Simple.DYNAMIC)));
        Scope scope = RunbookScopes.withInputs(inputs).with("steps", new ValueType.Struct("steps", types));
        Optional<KindSignature> kind = Optional.ofNullable(steps.get(step)).flatMap(StepSketch::kind);
        return result && kind.isPresent()
                ? scope.with(ValueType.of(kind.get().result()).fields())
                : scope;
    }

    private void read(YamlNode root) {
        scalar(root, "runbook")
                .ifPresent(id -> symbols.add(new Symbol(Sort.RUNBOOK, id.text(), id.position(), id.length(), true)));
        for (String key : new String[] {"symptom", "expected"}) {
            scalar(root, key).ifPresent(text -> sites.add(new Site(text, "", false, false)));
        }
        for (YamlNode.Entry input : entries(root, "inputs")) {
            define(Sort.INPUT, "", input.key());
            inputs.put(input.name(), type(input.value()));
        }
        hypotheses(root, "hypotheses", 0);
        for (YamlNode.Entry step : entries(root, "steps")) {
            step(step);
        }
        sites.forEach(this::mentions);
    }

    private static InputType type(YamlNode input) {
        String word = scalar(input, "type").map(YamlNode.Scalar::text).orElse("string");
        for (InputType type : InputType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
                return type;
            }
        }
        return InputType.STRING;
    }

    private void hypotheses(YamlNode parent, String key, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (YamlNode.Entry hypothesis : entries(parent, key)) {
            define(Sort.HYPOTHESIS, "", hypothesis.key());
            String claim = scalar(hypothesis.value(), "claim")
                    .map(YamlNode.Scalar::text)
                    .orElse("");
            String remedy = scalar(hypothesis.value(), "remedy")
                    .map(text -> "\n\nRemedy: " + text.text())
                    .orElse("");
            hypotheses.put(hypothesis.name(), claim + remedy);
            for (String text : new String[] {"remedy", "prevention"}) {
                scalar(hypothesis.value(), text).ifPresent(found -> sites.add(new Site(found, "", false, false)));
            }
            hypotheses(hypothesis.value(), "why", depth + 1);
        }
    }

    private void step(YamlNode.Entry entry) {
        String id = entry.name();
        define(Sort.STEP, "", entry.key());
        Set<String> findings = new LinkedHashSet<>();
        Set<String> outputs = new LinkedHashSet<>();
        Optional<KindSignature> kind = Optional.empty();
        for (YamlNode.Entry part : entries(entry.value())) {
            switch (part.name()) {
                case "needs" -> texts(part.value()).forEach(need -> mention(Sort.STEP, need));
                case "if", "for_each" ->
                    texts(part.value()).forEach(text -> sites.add(new Site(text, id, false, true)));
                case "hosts" -> texts(part.value()).forEach(text -> sites.add(new Site(text, id, false, false)));
                case "outputs" -> {
                    for (YamlNode.Entry output : entries(part.value())) {
                        define(Sort.OUTPUT, id + ".", output.key());
                        outputs.add(output.name());
                        texts(output.value()).forEach(text -> sites.add(new Site(text, id, true, true)));
                    }
                }
                case "findings" -> {
                    for (YamlNode.Entry finding : entries(part.value())) {
                        findings.add(finding.name());
                        finding(id, finding);
                    }
                }
                default -> {
                    if (kinds.containsKey(part.name())) {
                        kind = Optional.of(kinds.get(part.name()));
                        texts(part.value()).forEach(text -> sites.add(new Site(text, id, false, false)));
                    }
                }
            }
        }
        String title = scalar(entry.value(), "title").map(YamlNode.Scalar::text).orElse("");
        steps.put(id, new StepSketch(id, title, kind, findings, outputs));
    }

    private void finding(String step, YamlNode.Entry entry) {
        define(Sort.FINDING, step + ".", entry.key());
        scalar(entry.value(), "when").ifPresent(text -> sites.add(new Site(text, step, true, true)));
        scalar(entry.value(), "says").ifPresent(text -> sites.add(new Site(text, step, true, false)));
        entries(entry.value(), "supports").forEach(cause -> mention(Sort.HYPOTHESIS, cause.key()));
        entries(entry.value(), "refutes").forEach(cause -> mention(Sort.HYPOTHESIS, cause.key()));
    }

    private void define(Sort sort, String before, YamlNode.Scalar key) {
        symbols.add(new Symbol(sort, before + key.text(), key.position(), key.length(), true));
    }

    private void mention(Sort sort, YamlNode.Scalar text) {
        symbols.add(
                new Symbol(sort, text.text(), text.positionOf(0), text.text().length(), false));
    }

    private void mentions(Site site) {
        String text = site.text().text();
        for (ExpressionNames.Part part : ExpressionNames.expressions(text, site.bare())) {
            ExpressionNames.each(
                    text.substring(part.start(), part.end()), (path, at) -> path(site, path, part.start() + at));
        }
    }

    private void path(Site site, String path, int at) {
        String[] names = path.split("\\.", -1);
        if (names.length < 2) {
            return;
        }
        int second = at + names[0].length() + 1;
        switch (names[0]) {
            case "inputs" -> mention(Sort.INPUT, names[1], site, second, names[1]);
            case "probability" -> mention(Sort.HYPOTHESIS, names[1], site, second, names[1]);
            case "steps" -> {
                mention(Sort.STEP, names[1], site, second, names[1]);
                if (names.length > 3 && (names[2].equals("findings") || names[2].equals("outputs"))) {
                    Sort sort = names[2].equals("findings") ? Sort.FINDING : Sort.OUTPUT;
                    int fourth = second + names[1].length() + names[2].length() + 2;
                    mention(sort, names[1] + "." + names[3], site, fourth, names[3]);
                }
            }
            default -> {}
        }
    }

    private void mention(Sort sort, String name, Site site, int offset, String id) {
        symbols.add(new Symbol(sort, name, site.text().positionOf(offset), id.length(), false));
    }

    private static List<YamlNode.Entry> entries(YamlNode node) {
        return node instanceof YamlNode.Mapping map ? map.entries() : List.of();
    }

    private static List<YamlNode.Entry> entries(YamlNode node, String key) {
        return node instanceof YamlNode.Mapping map
                ? map.get(key).map(RunbookModel::entries).orElse(List.of())
                : List.of();
    }

    private static Optional<YamlNode.Scalar> scalar(YamlNode node, String key) {
        return node instanceof YamlNode.Mapping map
                ? map.get(key).filter(YamlNode.Scalar.class::isInstance).map(YamlNode.Scalar.class::cast)
                : Optional.empty();
    }

    /** All texts in a value, keys left out. */
    private static List<YamlNode.Scalar> texts(YamlNode node) {
        List<YamlNode.Scalar> texts = new ArrayList<>();
        switch (node) {
            case YamlNode.Scalar scalar -> texts.add(scalar);
            case YamlNode.Sequence list -> list.items().forEach(item -> texts.addAll(texts(item)));
            case YamlNode.Mapping map -> map.entries().forEach(entry -> texts.addAll(texts(entry.value())));
        }
        return texts;
    }
}
