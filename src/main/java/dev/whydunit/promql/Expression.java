package dev.whydunit.promql;

import java.util.List;
import java.util.Optional;

/** A query's syntax tree. {@code offset} is where a node stands in the text, for messages. */
sealed interface Expression {
    int offset();

    Type type();

    /** What an expression gives. */
    enum Type {
        SCALAR("a number"),
        VECTOR("an instant vector"),
        RANGE("a range vector such as x[5m]"),
        TEXT("a string");

        final String about;

        Type(String about) {
            this.about = about;
        }
    }

    record NumberLiteral(double value, int offset) implements Expression {
        @Override
        public Type type() {
            return Type.SCALAR;
        }
    }

    record StringLiteral(String value, int offset) implements Expression {
        @Override
        public Type type() {
            return Type.TEXT;
        }
    }

    /** @param back how long before the moment of evaluation it looks, in milliseconds ({@code offset 5m}) */
    record Selector(List<LabelMatcher> matchers, long back, int offset) implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }
    }

    record RangeSelector(Selector selector, long range, int offset) implements Expression {
        @Override
        public Type type() {
            return Type.RANGE;
        }
    }

    record Call(Function function, List<Expression> arguments, int offset) implements Expression {
        @Override
        public Type type() {
            return function.result;
        }
    }

    record Aggregate(Aggregation operator, Optional<Expression> parameter, Expression of, Grouping grouping, int offset)
            implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }
    }

    record Binary(Operator operator, Expression left, Expression right, boolean bool, Matching matching, int offset)
            implements Expression {
        @Override
        public Type type() {
            return left.type() == Type.SCALAR && right.type() == Type.SCALAR ? Type.SCALAR : Type.VECTOR;
        }
    }

    record Negation(Expression of, int offset) implements Expression {
        @Override
        public Type type() {
            return of.type();
        }
    }

    /** {@code by (labels)}, or {@code without (labels)}; by nothing when neither is written. */
    record Grouping(boolean without, List<String> labels) {
        Labels of(Labels labels) {
            return without ? labels.without(this.labels) : labels.only(this.labels);
        }
    }

    /** Which elements of two vectors belong together. */
    record Matching(boolean on, List<String> labels, Cardinality cardinality, List<String> include) {
        static final Matching ALL_LABELS = new Matching(false, List.of(), Cardinality.ONE_TO_ONE, List.of());

        Labels signature(Labels of) {
            return on ? of.only(labels) : of.without(labels);
        }
    }

    /** How many elements of a side may match one of the other. */
    enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY
    }
}
