package dev.whydunit.runbook;

import dev.whydunit.expression.Expression;
import dev.whydunit.expression.Mention;
import dev.whydunit.expression.Scope;
import dev.whydunit.expression.Sink;
import dev.whydunit.expression.Template;
import dev.whydunit.expression.ValueType;
import dev.whydunit.runbook.RunbookDocument.StepDocument;
import dev.whydunit.schema.Names;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.Binder;
import dev.whydunit.yaml.Keyed;
import dev.whydunit.yaml.Problems;
import dev.whydunit.yaml.Scalars;
import dev.whydunit.yaml.YamlNode;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one step. */
final class StepReader {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Scope scope;
    private final Set<String> steps;
    private final Set<String> hypotheses;
    private final Problems problems;
    private final Set<String> read = new LinkedHashSet<>();

    StepReader(Scope scope, Set<String> steps, Set<String> hypotheses, Problems problems) {
        this.scope = scope;
        this.steps = steps;
        this.hypotheses = hypotheses;
        this.problems = problems;
    }

    /**
     * What a step turned out to be.
     *
     * @param step empty when it has no kind
     */
    record Read(Optional<Step> step, StepNeeds needs) {}

    Read read(Keyed<StepDocument> entry, Optional<WrittenKind> written) {
        StepDocument document = entry.value();
        Optional<Expression> condition = document.if_().flatMap(text -> expression(text, scope, ValueType.Simple.BOOL));
        Optional<Expression> forEach = document.forEach().flatMap(this::forEach);
        Scope inside = document.forEach().isEmpty()
                ? scope
                : scope.with("each", forEach.map(StepReader::element).orElse(ValueType.Simple.DYNAMIC));
        Optional<WrittenKind> kind = written.map(StepReader::withoutHosts);
        Optional<StepHosts> hosts = hosts(entry, written);
        Optional<Parameters> parameters = kind.map(known -> parameters(known, inside));
        Optional<Scope> withResult = kind.map(
                known -> inside.with(ValueType.of(known.signature().result()).fields()));
        Map<String, Expression> outputs = new LinkedHashMap<>();
        for (Keyed<YamlNode.Scalar> output : document.outputs()) {
            Ids.check(output.key(), "an output's name", problems);
            withResult
                    .flatMap(known -> expression(output.value(), known, ValueType.Simple.DYNAMIC))
                    .ifPresent(expression -> outputs.put(output.name(), expression));
        }
        List<Finding> findings = new FindingReader(hypotheses, problems, this::reads).read(entry, withResult);
        StepNeeds needs = needs(entry);
        limit(entry, document);
        if (kind.isEmpty()) {
            return new Read(Optional.empty(), needs);
        }
        KindSignature signature = kind.get().signature();
        if (signature.effect() == Effect.WRITE
                && document.effect().filter(Effect.READ::equals).isPresent()) {
            problems.add(
                    "E318",
                    entry.key(),
                    "step '" + entry.name() + "' says effect: read, but " + signature.name()
                            + " always changes something",
                    "remove effect: read; to look only, use another kind");
        }
        return new Read(
                Optional.of(new Step(
                        entry.name(),
                        entry.key().position(),
                        document.title().orElse(entry.name()),
                        signature,
                        parameters.orElseThrow(),
                        List.copyOf(needs.on().keySet()),
                        condition,
                        forEach,
                        hosts,
                        document.timeout(),
                        document.retry().orElse(Retry.NEVER),
                        document.expectData(),
                        document.cost(),
                        document.effect().orElse(signature.effect()),
                        document.approval(),
                        document.always(),
                        Remedies.hypothesis(kind.get(), hypotheses, problems),
                        outputs,
                        findings)),
                needs);
    }

    /** What every step of a kind does no step can deny. */
    private void limit(Keyed<StepDocument> entry, StepDocument document) {
        boolean tooLong = document.timeout()
                .filter(time -> time.compareTo(LONGEST) > 0 || time.isZero())
                .isPresent();
        if (tooLong) {
            problems.add(
                    "E310", entry.key(), "the timeout of step '" + entry.name() + "' is above 0 and at most 1d", "");
        }
        if (document.cost().filter(Duration::isZero).isPresent()) {
            problems.add("E310", entry.key(), "the cost of step '" + entry.name() + "' is above 0", "");
        }
    }

    private Optional<Expression> expression(YamlNode.Scalar text, Scope where, ValueType wanted) {
        Optional<Expression> expression = Sources.expression(text, where, wanted, problems);
        expression.ifPresent(good -> reads(text, good.references(), good.hypotheses()));
        return expression;
    }

    /** Notes which steps an expression reads, and checks the hypotheses that it asks for. */
    private void reads(YamlNode.Scalar text, Set<String> references, List<Mention> mentions) {
        for (String reference : references) {
            if (reference.startsWith("steps.")) {
                String rest = reference.substring(6);
                read.add(rest.indexOf('.') < 0 ? rest : rest.substring(0, rest.indexOf('.')));
            }
        }
        for (Mention mention : mentions) {
            int dot = mention.name().lastIndexOf('.');
            String id = mention.name().substring(dot + 1);
            if (!hypotheses.contains(id) && !id.equals("other")) {
                problems.add(
                        "E302",
                        text,
                        mention.offset(),
                        mention.length(),
                        "there is no hypothesis '" + mention.name() + "'",
                        Spelling.didYouMeanOr(id, hypotheses, "hypotheses"));
            }
        }
    }

    private static ValueType element(Expression list) {
        return list.type() instanceof ValueType.ListOf known ? known.element() : ValueType.Simple.DYNAMIC;
    }

    private Optional<Expression> forEach(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> expression(scalar, scope, new ValueType.ListOf(ValueType.Simple.DYNAMIC));
            case YamlNode.Sequence list -> Sources.listOfTexts(list, problems);
            case YamlNode.Mapping map -> {
                problems.add("E203", map, "'for_each' is a CEL expression or a list, not a map", "");
                yield Optional.empty();
            }
        };
    }

    /** Whether {@code hosts} is a parameter of that kind itself; else, written among its parameters, it means the step's. */
    private static boolean ownsHosts(WrittenKind kind) {
        for (RecordComponent component : kind.signature().parameters().getRecordComponents()) {
            if (Names.snake(component.getName()).equals("hosts")) {
                return true;
            }
        }
        return false;
    }

    private static WrittenKind withoutHosts(WrittenKind kind) {
        YamlNode parameters = kind.written().value();
        if (parameters instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return kind.with(new YamlNode.Mapping(List.of(), scalar.position(), scalar.length()));
        }
        if (!(parameters instanceof YamlNode.Mapping mapping)
                || mapping.entry("hosts").isEmpty()
                || ownsHosts(kind)) {
            return kind;
        }
        List<YamlNode.Entry> entries = mapping.entries().stream()
                .filter(entry -> !entry.name().equals("hosts"))
                .toList();
        return kind.with(new YamlNode.Mapping(entries, mapping.position(), mapping.length()));
    }

    private Optional<StepHosts> hosts(Keyed<StepDocument> entry, Optional<WrittenKind> written) {
        List<YamlNode.Scalar> names = new ArrayList<>();
        entry.value().hosts().map(Scalars::items).ifPresent(names::addAll);
        Optional<YamlNode.Entry> inKind = written.filter(known -> !ownsHosts(known))
                .filter(known -> known.written().value() instanceof YamlNode.Mapping)
                .flatMap(known -> ((YamlNode.Mapping) known.written().value()).entry("hosts"));
        if (inKind.isPresent()) {
            if (!names.isEmpty()) {
                problems.add(
                        "E316",
                        inKind.get().key(),
                        "step '" + entry.name() + "' says its hosts twice: here and as a key of the step",
                        "keep one");
            }
            names.addAll(texts(inKind.get().value()));
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<Template> templates = new ArrayList<>();
        for (YamlNode.Scalar name : names) {
            Optional<Template> template = Sources.template(name, scope, Sink.PLAIN, String.class, problems);
            template.ifPresent(good -> {
                templates.add(good);
                reads(name, good.references(), good.hypotheses());
            });
        }
        return Optional.of(new StepHosts(templates));
    }

    private List<YamlNode.Scalar> texts(YamlNode node) {
        List<YamlNode.Scalar> texts = new ArrayList<>();
        List<YamlNode> items = node instanceof YamlNode.Sequence list ? list.items() : List.of(node);
        for (YamlNode item : items) {
            if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                texts.add(scalar);
            } else {
                problems.add("E203", item, "'hosts' is a host's name or a list of them, not " + item.kind(), "");
            }
        }
        return texts;
    }

    private Parameters parameters(WrittenKind kind, Scope where) {
        KindSignature signature = kind.signature();
        Keyed<YamlNode> written = kind.written();
        CheckedHoles holes = new CheckedHoles(where);
        new Binder(holes, problems)
                .bindAsFarAsItGoes(written.value(), signature.parameters(), signature.name(), written.key());
        ShellText.check(written.value(), problems);
        holes.templates().forEach((text, template) -> reads(text, template.references(), template.hypotheses()));
        return new Parameters(written, holes.templates());
    }

    private StepNeeds needs(Keyed<StepDocument> entry) {
        Map<String, YamlNode.Scalar> needs = new LinkedHashMap<>();
        for (YamlNode.Scalar need : entry.value().needs().map(Scalars::items).orElse(List.of())) {
            if (!steps.contains(need.text())) {
                problems.add(
                        "E303",
                        need,
                        "there is no step '" + need.text() + "'",
                        Spelling.didYouMeanOr(need.text(), steps, "steps"));
            } else {
                needs.putIfAbsent(need.text(), need);
            }
        }
        for (String id : read) {
            if (id.equals(entry.name())) {
                problems.add(
                        "E314",
                        entry.key(),
                        "step '" + id + "' reads its own result as steps." + id,
                        "its findings read it by bare names: without 'steps." + id + ".'");
            } else if (steps.contains(id)) {
                needs.putIfAbsent(id, entry.key());
            }
        }
        return new StepNeeds(entry.key(), needs);
    }
}
