package dev.whydunit.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled CEL expression. Immutable and thread-safe. Made by {@link Expressions} alone. */
public final class Expression {
    private static final int MOST_EXPLAINED = 5;

    private final String source;
    private final CelAbstractSyntaxTree ast;
    private final ValueType type;
    private final Set<String> references;
    private final List<Mention> hypotheses;
    private volatile CelRuntime.@Nullable Program program;

    Expression(
            String source,
            CelAbstractSyntaxTree ast,
            ValueType type,
            Set<String> references,
            List<Mention> hypotheses) {
        this.source = source;
        this.ast = ast;
        this.type = type;
        this.references = references;
        this.hypotheses = List.copyOf(hypotheses);
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    /** Its static type. */
    public ValueType type() {
        return type;
    }

    /**
     * Its value: Boolean, Long, Double, String, Duration, Instant, List or Map of such.
     *
     * @throws EvaluationFailure when something it reads is absent or an operation is not defined for what it got
     */
    public Object evaluate(Variables variables) throws EvaluationFailure {
        Object value;
        try {
            value = program().eval(variables.values(), new CelMachine.Beliefs(variables.probability()));
        } catch (CelEvaluationException e) {
            throw new EvaluationFailure(absent(variables).orElseGet(() -> reason(e)));
        } catch (RuntimeException e) {
            // The evaluator lets some failures of functions through as they are.
            throw new EvaluationFailure(absent(variables).orElseGet(() -> reason(e)));
        }
        if (value == null || value instanceof NullValue) {
            throw new EvaluationFailure(source + " has no value");
        }
        return value;
    }

    private CelRuntime.Program program() throws CelEvaluationException {
        CelRuntime.Program known = program;
        if (known == null) {
            known = CelMachine.program(ast);
            program = known;
        }
        return known;
    }

    /**
     * Its value as yes or no.
     *
     * @throws EvaluationFailure as {@link #evaluate}, and when the value is not a bool
     */
    public boolean test(Variables variables) throws EvaluationFailure {
        Object value = evaluate(variables);
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw new EvaluationFailure(source + " is neither true nor false but " + Shown.cut(Shown.text(value), 60));
    }

    /** The expression with the values that it read, for people, such as {@code last > 0.3 (last = 0.21)}. Never fails. */
    public String explain(Variables variables) {
        List<String> read = new ArrayList<>();
        for (String reference : references) {
            Optional<Object> value = lookUp(variables.values(), reference);
            boolean telling =
                    value.isPresent() && !(value.get() instanceof Map<?, ?>) && !(value.get() instanceof List<?>);
            if (telling && read.size() < MOST_EXPLAINED) {
                read.add(reference + " = " + Shown.cut(Shown.text(value.get()), 80));
            } else if (value.isPresent() && value.get() instanceof List<?> list && read.size() < MOST_EXPLAINED) {
                read.add(reference + " has " + list.size() + (list.size() == 1 ? " element" : " elements"));
            }
        }
        return read.isEmpty() ? source : source + " (" + String.join(", ", read) + ")";
    }

    /**
     * What it reads, as dotted paths as far as they are fixed: {@code steps.latency.onset}, {@code last}, {@code alert.labels.service}.
     */
    public Set<String> references() {
        return references;
    }

    /** The hypotheses whose probability it asks for. */
    public List<Mention> hypotheses() {
        return hypotheses;
    }

    private Optional<String> absent(Variables variables) {
        for (String reference : references) {
            if (lookUp(variables.values(), reference).isEmpty()) {
                return Optional.of("there is no " + shortestAbsent(variables.values(), reference));
            }
        }
        return Optional.empty();
    }

    private static String shortestAbsent(Map<String, Object> values, String reference) {
        int dot = reference.indexOf('.');
        while (dot >= 0) {
            if (lookUp(values, reference.substring(0, dot)).isEmpty()) {
                return reference.substring(0, dot);
            }
            dot = reference.indexOf('.', dot + 1);
        }
        return reference;
    }

    private static Optional<Object> lookUp(Map<String, Object> values, String reference) {
        Optional<Object> at = Optional.of(values);
        for (String part : reference.split("\\.", -1)) {
            at = at.flatMap(
                    map -> map instanceof Map<?, ?> known ? Optional.ofNullable(known.get(part)) : Optional.empty());
        }
        return at;
    }

    /** The evaluator's words without its own place in front, which nobody asked for. */
    private String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause.getCause() instanceof NumberFormatException)) {
            cause = cause.getCause();
        }
        String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        int prefix = words.startsWith("evaluation error") ? words.indexOf(": ") + 2 : 0;
        return Shown.cut(source, 80) + ": " + Shown.cut(words.substring(prefix), 200);
    }

    @Override
    public String toString() {
        return source;
    }
}
