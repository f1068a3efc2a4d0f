package dev.whydunit.yaml;

import dev.whydunit.expression.EvaluationFailure;
import dev.whydunit.expression.Sink;
import dev.whydunit.schema.Names;
import dev.whydunit.schema.Spelling;
import dev.whydunit.yaml.ScalarValues.Refused;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Binds YAML to records. Components are keys by their snake_case names; {@link dev.whydunit.schema.Default} gives what the author
 * left out. All problems are collected: unknown keys, missing ones, wrong types, wrong choices, and what a record's own constructor
 * refuses. Besides the types that {@link dev.whydunit.runbook.KindSignature} lists a component may be a {@link YamlNode}, a
 * {@link YamlNode.Scalar}, {@link Scalars} or a {@code List<Keyed<T>>}.
 */
public final class Binder {
    private final Holes holes;
    private final Problems problems;

    /**
     * With what becomes of expressions in texts.
     *
     * @param problems takes what is found
     */
    public Binder(Holes holes, Problems problems) {
        this.holes = holes;
        this.problems = problems;
    }

    /**
     * Binds a node.
     *
     * @param what in messages, such as {@code step 'latency'}
     * @param at where a problem of the whole is shown: the key that the node stands under
     * @return empty when there is a problem or when something is only known at run time
     * @throws EvaluationFailure when the holes throw it
     */
    public <R extends Record> Optional<R> bind(YamlNode node, Class<R> type, String what, YamlNode at)
            throws EvaluationFailure {
        int before = problems.size();
        Bound bound = record(node, type, what, at, false);
        return problems.size() == before && bound instanceof Bound.Value value
                ? Optional.of(type.cast(value.value()))
                : Optional.empty();
    }

    /**
     * Binds a node as far as it goes: what is wrong or missing is left out or empty, so that the rest can be checked as well. Holes
     * are not allowed to fail.
     *
     * @return empty when not even a map was there, or when the record refused what was left
     */
    public <R extends Record> Optional<R> bindAsFarAsItGoes(YamlNode node, Class<R> type, String what, YamlNode at) {
        try {
            return record(node, type, what, at, true) instanceof Bound.Value value
                    ? Optional.of(type.cast(value.value()))
                    : Optional.empty();
        } catch (EvaluationFailure e) {
            throw new IllegalStateException("nothing is evaluated while a file is checked", e);
        }
    }

    private Bound record(YamlNode node, Class<?> type, String what, YamlNode at, boolean lenient)
            throws EvaluationFailure {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    "E203",
                    node instanceof YamlNode.Scalar scalar && scalar.isNull() ? at : node,
                    what + " is a map, not " + shown(node),
                    "its keys: " + Spelling.list(RecordShape.of(type).keys()));
            return Bound.WRONG;
        }
        RecordShape shape = RecordShape.of(type);
        Set<String> known = new HashSet<>(shape.keys());
        List<Keyed<YamlNode>> rest = new ArrayList<>();
        boolean takesRest = shape.parts().stream().anyMatch(RecordShape.Part::rest);
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.name())) {
                if (takesRest) {
                    rest.add(new Keyed<>(entry.key(), entry.value()));
                } else {
                    problems.add(
                            "E201",
                            entry.key(),
                            what + " has no key '" + entry.name() + "'",
                            Spelling.didYouMeanOr(entry.name(), shape.keys(), "its keys"));
                }
            }
        }
        Object[] values = new Object[shape.parts().size()];
        boolean later = false;
        boolean wrong = false;
        for (int i = 0; i < values.length; i++) {
            RecordShape.Part part = shape.parts().get(i);
            Bound bound = part.rest() ? new Bound.Value(List.copyOf(rest)) : part(mapping, part, what, at, lenient);
            if (bound instanceof Bound.Wrong && lenient) {
                bound = Placeholders.of(part.type(), at);
            }
            switch (bound) {
                case Bound.Value value -> values[i] = value.value();
                case Bound.Later l -> later = true;
                case Bound.Wrong w -> wrong = true;
            }
        }
        if (wrong) {
            return Bound.WRONG;
        }
        return later ? Bound.LATER : make(shape, values, what, mapping, at);
    }

    private Bound make(RecordShape shape, Object[] values, String what, YamlNode.Mapping mapping, YamlNode at) {
        try {
            return new Bound.Value(shape.make(values));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            // A refusal that begins with a key is about that key.
            YamlNode place = mapping.entry(message.split(" ", 2)[0])
                    .<YamlNode>map(YamlNode.Entry::value)
                    .orElse(at);
            problems.add("E205", place, what + ": " + message, "");
            return Bound.WRONG;
        }
    }

    private Bound part(YamlNode.Mapping mapping, RecordShape.Part part, String what, YamlNode at, boolean lenient)
            throws EvaluationFailure {
        Optional<YamlNode.Entry> entry = mapping.entry(part.key());
        if (entry.isPresent()) {
            YamlNode value = entry.get().value();
            if (value instanceof YamlNode.Scalar scalar && scalar.isNull() && part.type() != YamlNode.class) {
                problems.add(
                        "E206",
                        entry.get().key(),
                        "'" + part.key() + "' has no value",
                        "give it one or remove the key");
                return Bound.WRONG;
            }
            return value(
                    value,
                    part.type(),
                    part.sink(),
                    "'" + part.key() + "'",
                    entry.get().key(),
                    lenient);
        }
        if (part.byDefault().isPresent()) {
            return new Binder(Holes.NONE, problems)
                    .value(part.byDefault().get(), part.type(), part.sink(), part.key(), at, false);
        }
        if (part.required()) {
            problems.add("E202", at, what + " needs '" + part.key() + "'", part.about());
            return Bound.WRONG;
        }
        return Placeholders.of(part.type(), at);
    }

    private Bound value(YamlNode node, Type type, Sink sink, String what, YamlNode at, boolean lenient)
            throws EvaluationFailure {
        Class<?> raw = RecordShape.raw(type);
        if (raw == Optional.class) {
            Bound inner = value(node, argument(type, 0), sink, what, at, lenient);
            return inner instanceof Bound.Value value ? new Bound.Value(Optional.of(value.value())) : inner;
        }
        if (YamlNode.class.isAssignableFrom(raw)) {
            return raw.isInstance(node) ? new Bound.Value(node) : wrong(node, what, words(type));
        }
        if (raw == Scalars.class) {
            return scalars(node, what);
        }
        if (node instanceof YamlNode.Scalar scalar && holes.isIn(scalar)) {
            return filled(scalar, type, sink, what);
        }
        if (raw == List.class) {
            boolean keyed = RecordShape.raw(argument(type, 0)) == Keyed.class;
            return keyed
                    ? keyed(node, argument(argument(type, 0), 0), sink, what, lenient)
                    : list(node, argument(type, 0), sink, what, lenient);
        }
        if (raw == Map.class) {
            return map(node, argument(type, 1), sink, what, lenient);
        }
        if (raw.isRecord() && !ScalarValues.simple(raw)) {
            return record(node, raw, what, at, lenient);
        }
        return scalar(node, raw, what);
    }

    private Bound filled(YamlNode.Scalar scalar, Type type, Sink sink, String what) throws EvaluationFailure {
        int before = problems.size();
        Optional<Object> value = holes.fill(scalar, type, sink, problems);
        if (problems.size() != before) {
            return Bound.WRONG;
        }
        return value.isEmpty() ? Bound.LATER : fitted(scalar, value.get(), type, what);
    }

    /** A value that came at run time as the component's type. */
    private Bound fitted(YamlNode.Scalar scalar, Object value, Type type, String what) {
        Class<?> raw = RecordShape.raw(type);
        if (raw == List.class && value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            for (Object element : list) {
                if (!(fitted(scalar, element, argument(type, 0), "each of " + what) instanceof Bound.Value fitted)) {
                    return Bound.WRONG;
                }
                elements.add(fitted.value());
            }
            return new Bound.Value(List.copyOf(elements));
        }
        if (raw.isInstance(value)) {
            return new Bound.Value(value);
        }
        Optional<Object> fitted = ScalarValues.fit(value, raw);
        if (fitted.isPresent()) {
            return new Bound.Value(fitted.get());
        }
        if (value instanceof String text && ScalarValues.simple(raw)) {
            Object read = ScalarValues.of(text, true, raw);
            if (!(read instanceof Refused refused)) {
                return new Bound.Value(read);
            }
            problems.add(refused.code(), scalar, what + " " + refused.why(), refused.help());
            return Bound.WRONG;
        }
        problems.add("E203", scalar, what + " is " + words(type) + ", and its expression gave something else", "");
        return Bound.WRONG;
    }

    private Bound scalar(YamlNode node, Class<?> raw, String what) {
        if (raw == Object.class && !(node instanceof YamlNode.Scalar)) {
            return new Bound.Value(PlainValues.of(node));
        }
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
            return wrong(node, what, ScalarValues.words(raw));
        }
        Object value = ScalarValues.of(scalar.text(), scalar.plain(), raw);
        if (value instanceof Refused refused) {
            problems.add(refused.code(), scalar, what + " " + refused.why(), refused.help());
            return Bound.WRONG;
        }
        return new Bound.Value(value);
    }

    private Bound scalars(YamlNode node, String what) {
        List<YamlNode.Scalar> items = new ArrayList<>();
        List<YamlNode> nodes = node instanceof YamlNode.Sequence list ? list.items() : List.of(node);
        for (YamlNode item : nodes) {
            if (!(item instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
                return wrong(item, what, "a text or a list of texts");
            }
            items.add(scalar);
        }
        return new Bound.Value(new Scalars(items));
    }

    private Bound list(YamlNode node, Type element, Sink sink, String what, boolean lenient) throws EvaluationFailure {
        if (!(node instanceof YamlNode.Sequence list)) {
            String example = node instanceof YamlNode.Scalar scalar && !scalar.isNull()
                    ? "write [" + String.join(", ", scalar.text().strip().split("\\s+", 8)) + "]"
                    : "";
            problems.add("E203", node, what + " is a list, not " + shown(node), example);
            return Bound.WRONG;
        }
        List<Object> values = new ArrayList<>();
        Bound worst = new Bound.Value(values);
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode item = list.items().get(i);
            Bound bound = value(item, element, sink, "element " + (i + 1) + " of " + what, item, lenient);
            switch (bound) {
                case Bound.Value value -> values.add(value.value());
                case Bound.Later later -> worst = worst instanceof Bound.Wrong ? worst : later;
                case Bound.Wrong wrong -> worst = lenient ? worst : wrong;
            }
        }
        return worst instanceof Bound.Value ? new Bound.Value(List.copyOf(values)) : worst;
    }

    private Bound keyed(YamlNode node, Type element, Sink sink, String what, boolean lenient) throws EvaluationFailure {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return wrong(node, what, "a map");
        }
        List<Object> values = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (value(entry.value(), element, sink, keyedName(element, entry.name()), entry.key(), lenient)
                    instanceof Bound.Value value) {
                values.add(new Keyed<>(entry.key(), value.value()));
            }
        }
        return new Bound.Value(List.copyOf(values));
    }

    /** {@code hypothesis 'network'} where the entry is bound to a {@code HypothesisDocument}. */
    private static String keyedName(Type element, String name) {
        String type = RecordShape.raw(element).getSimpleName();
        return (type.endsWith("Document") ? Names.snake(type.substring(0, type.length() - 8)) + " " : "") + "'" + name
                + "'";
    }

    private Bound map(YamlNode node, Type element, Sink sink, String what, boolean lenient) throws EvaluationFailure {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return wrong(node, what, "a map");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Bound worst = new Bound.Value(values);
        for (YamlNode.Entry entry : mapping.entries()) {
            Bound bound =
                    value(entry.value(), element, sink, "'" + entry.name() + "' in " + what, entry.key(), lenient);
            switch (bound) {
                case Bound.Value value -> values.put(entry.name(), value.value());
                case Bound.Later later -> worst = worst instanceof Bound.Wrong ? worst : later;
                case Bound.Wrong wrong -> worst = lenient ? worst : wrong;
            }
        }
        return worst instanceof Bound.Value ? new Bound.Value(Collections.unmodifiableMap(values)) : worst;
    }

    private Bound wrong(YamlNode node, String what, String wanted) {
        problems.add("E203", node, what + " is " + wanted + ", not " + shown(node), "");
        return Bound.WRONG;
    }

    private static String shown(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && !scalar.isNull()
                ? "'" + (scalar.text().length() > 40 ? scalar.text().substring(0, 40) + "…" : scalar.text()) + "'"
                : node.kind();
    }

    private static String words(Type type) {
        Class<?> raw = RecordShape.raw(type);
        if (raw == YamlNode.Mapping.class || raw == Map.class || (raw.isRecord() && !ScalarValues.simple(raw))) {
            return "a map";
        }
        if (raw == YamlNode.Sequence.class || raw == List.class) {
            return "a list";
        }
        return raw == YamlNode.Scalar.class ? "a text" : ScalarValues.words(raw);
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
