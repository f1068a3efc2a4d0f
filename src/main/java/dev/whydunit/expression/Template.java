package dev.whydunit.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Text with <code>${{ }}</code> in it, compiled. Immutable and thread-safe. Made by {@link Expressions} alone. */
public final class Template {
    /** A piece of the text. */
    sealed interface Part {
        /** As it stands. */
        record Literal(String text) implements Part {}

        /** A value; the offset is that of the expression in the source. */
        record Embedded(Expression expression, int offset) implements Part {}
    }

    private final String source;
    private final List<Part> parts;

    Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether there is no <code>${{ }}</code> in it. */
    public boolean literal() {
        return parts.stream().noneMatch(Part.Embedded.class::isInstance);
    }

    /** The expression that the whole text is. */
    public Optional<Expression> whole() {
        return parts.size() == 1 && parts.getFirst() instanceof Part.Embedded embedded
                ? Optional.of(embedded.expression())
                : Optional.empty();
    }

    /** Its expressions. */
    public List<Expression> expressions() {
        List<Expression> expressions = new ArrayList<>();
        embedded().forEach(part -> expressions.add(part.expression()));
        return expressions;
    }

    /** The hypotheses whose probability its expressions ask for, placed in this text. */
    public List<Mention> hypotheses() {
        return embedded().stream()
                .flatMap(part -> part.expression().hypotheses().stream()
                        .map(mention ->
                                new Mention(mention.name(), mention.offset() + part.offset(), mention.length())))
                .toList();
    }

    private List<Part.Embedded> embedded() {
        return parts.stream()
                .filter(Part.Embedded.class::isInstance)
                .map(Part.Embedded.class::cast)
                .toList();
    }

    /** Why its values may not stand where they stand in that sink; to be asked when a runbook is loaded. */
    public List<Issue> issues(Sink sink) {
        return SinkRules.issues(this, sink);
    }

    /**
     * The text with each value encoded for where it goes.
     *
     * @throws EvaluationFailure when a value is absent or may not enter that sink
     */
    public String render(Variables variables, Sink sink) throws EvaluationFailure {
        return render(variables, sink, UnaryOperator.identity());
    }

    /**
     * The text for people, with each value put through an encoding of the place where they read it; what stands around the values is left
     * as its author wrote it.
     *
     * @throws EvaluationFailure when a value is absent
     */
    public String renderFor(Variables variables, UnaryOperator<String> place) throws EvaluationFailure {
        return render(variables, Sink.PLAIN, place);
    }

    private String render(Variables variables, Sink sink, UnaryOperator<String> place) throws EvaluationFailure {
        StringBuilder text = new StringBuilder();
        boolean whole = whole().isPresent();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> text.append(literal.text());
                case Part.Embedded embedded ->
                    text.append(place.apply(Encoder.encode(
                            sink,
                            embedded.expression().evaluate(variables),
                            text.toString(),
                            whole,
                            embedded.expression())));
            }
        }
        return text.toString();
    }

    /**
     * The elements of the list that its one expression gives, each encoded for where it goes; one element when it gives no list.
     *
     * @throws EvaluationFailure when a value is absent or may not enter that sink
     */
    public List<String> renderList(Variables variables, Sink sink) throws EvaluationFailure {
        Optional<Expression> whole = whole();
        if (whole.isEmpty() || !(whole.get().evaluate(variables) instanceof List<?> list)) {
            return List.of(render(variables, sink));
        }
        List<String> elements = new ArrayList<>();
        for (Object element : list) {
            elements.add(Encoder.encode(sink, Encoder.requireSingle(element, whole.get()), "", true, whole.get()));
        }
        return elements;
    }

    /**
     * The statement with its values as bind parameters.
     *
     * @throws EvaluationFailure when a value is absent or is a list or a map
     */
    public SqlText renderSql(Variables variables) throws EvaluationFailure {
        StringBuilder text = new StringBuilder();
        List<Object> binds = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> text.append(literal.text());
                case Part.Embedded embedded -> {
                    Object value = embedded.expression().evaluate(variables);
                    Encoder.requireSingle(value, embedded.expression());
                    binds.add(value);
                    text.append('?');
                }
            }
        }
        return new SqlText(text.toString(), binds);
    }

    /**
     * The value of its one expression when the whole text is one, else the text as {@link Sink#PLAIN}.
     *
     * @throws EvaluationFailure when a value is absent
     */
    public Object value(Variables variables) throws EvaluationFailure {
        Optional<Expression> whole = whole();
        return whole.isPresent() ? whole.get().evaluate(variables) : render(variables, Sink.PLAIN);
    }

    /** What its expressions read, as {@link Expression#references()}. */
    public Set<String> references() {
        Set<String> references = new LinkedHashSet<>();
        expressions().forEach(expression -> references.addAll(expression.references()));
        return references;
    }

    @Override
    public String toString() {
        return source;
    }
}
