package dev.whydunit.promql;

import com.google.re2j.PatternSyntaxException;
import dev.whydunit.promql.Expression.Aggregate;
import dev.whydunit.promql.Expression.Binary;
import dev.whydunit.promql.Expression.Call;
import dev.whydunit.promql.Expression.Cardinality;
import dev.whydunit.promql.Expression.Grouping;
import dev.whydunit.promql.Expression.Matching;
import dev.whydunit.promql.Expression.Negation;
import dev.whydunit.promql.Expression.NumberLiteral;
import dev.whydunit.promql.Expression.RangeSelector;
import dev.whydunit.promql.Expression.Selector;
import dev.whydunit.promql.Expression.StringLiteral;
import dev.whydunit.promql.Expression.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the tree of a query and checks its types. Recursive descent; operators by precedence climbing. */
final class Parser {
    private static final int DEEPEST = 100;
    private static final int LONGEST = 20_000;

    /** A chain of operators is as deep a tree as it is long. */
    private static final int MOST_OPERATORS = 500;

    private final String query;
    private final List<Token> tokens;
    private int at;
    private int depth;
    private int operators;

    private Parser(String query, List<Token> tokens) {
        this.query = query;
        this.tokens = tokens;
    }

    static Expression parse(String query) throws PromqlException {
        if (query.length() > LONGEST) {
            throw new PromqlException(query, 0, "the query is longer than " + LONGEST + " characters");
        }
        Parser parser = new Parser(query, Lexer.tokens(query));
        Expression expression = parser.expression(1);
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected("an operator or the end of the query");
        }
        if (expression.type() == Type.RANGE || expression.type() == Type.TEXT) {
            throw parser.error(
                    expression.offset(), "the query gives " + expression.type().about + ": it must give numbers");
        }
        return expression;
    }

    private Expression expression(int precedence) throws PromqlException {
        if (++depth > DEEPEST) {
            throw error(peek().offset(), "nested deeper than " + DEEPEST + " levels");
        }
        Expression left = unary();
        for (Optional<Operator> next = Operator.of(peek());
                next.isPresent() && next.get().precedence >= precedence;
                next = Operator.of(peek())) {
            Operator operator = next.get();
            int offset = take().offset();
            if (++operators > MOST_OPERATORS) {
                throw error(offset, "more than " + MOST_OPERATORS + " operators");
            }
            boolean bool = bool(operator);
            Matching matching = matching(operator);
            // A power is taken from the right: 2 ^ 3 ^ 2 is 2 ^ (3 ^ 2).
            Expression right = expression(operator == Operator.POWER ? operator.precedence : operator.precedence + 1);
            left = binary(operator, left, right, bool, matching, offset);
        }
        depth--;
        return left;
    }

    private Expression unary() throws PromqlException {
        if (peek().is("-") || peek().is("+")) {
            Token sign = take();
            // The sign binds less than a power: -2 ^ 2 is -4.
            Expression of = expression(Operator.POWER.precedence);
            requireNumbers(of, "a sign");
            return sign.is("-") ? new Negation(of, sign.offset()) : of;
        }
        return postfix(primary());
    }

    private boolean bool(Operator operator) throws PromqlException {
        if (!peek().isWord("bool")) {
            return false;
        }
        if (!operator.isComparison()) {
            throw error(peek().offset(), "\"bool\" follows a comparison only");
        }
        at++;
        return true;
    }

    private Matching matching(Operator operator) throws PromqlException {
        if (!peek().isWord("on") && !peek().isWord("ignoring")) {
            return Matching.ALL_LABELS;
        }
        boolean on = take().isWord("on");
        List<String> labels = names();
        Cardinality cardinality = Cardinality.ONE_TO_ONE;
        List<String> include = List.of();
        if (peek().isWord("group_left") || peek().isWord("group_right")) {
            if (operator.isSet()) {
                throw error(peek().offset(), "no grouping with \"" + operator.symbol + "\"");
            }
            cardinality = take().isWord("group_left") ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
            include = peek().is("(") ? names() : List.of();
        }
        return new Matching(on, labels, cardinality, include);
    }

    private Expression binary(
            Operator operator, Expression left, Expression right, boolean bool, Matching matching, int offset)
            throws PromqlException {
        requireNumbers(left, "\"" + operator.symbol + "\"");
        requireNumbers(right, "\"" + operator.symbol + "\"");
        boolean scalars = left.type() == Type.SCALAR && right.type() == Type.SCALAR;
        boolean vectors = left.type() == Type.VECTOR && right.type() == Type.VECTOR;
        if (operator.isComparison() && scalars && !bool) {
            throw error(offset, "a comparison of two numbers needs \"bool\": 1 " + operator.symbol + " bool 2");
        }
        if (operator.isSet() && !vectors) {
            throw error(offset, "\"" + operator.symbol + "\" needs an instant vector on both sides");
        }
        if (!vectors && !matching.equals(Matching.ALL_LABELS)) {
            throw error(offset, "on and ignoring need an instant vector on both sides");
        }
        return new Binary(operator, left, right, bool, matching, offset);
    }

    private void requireNumbers(Expression expression, String who) throws PromqlException {
        if (expression.type() == Type.RANGE || expression.type() == Type.TEXT) {
            throw error(expression.offset(), who + " cannot take " + expression.type().about);
        }
    }

    private Expression primary() throws PromqlException {
        Token token = take();
        switch (token.kind()) {
            case NUMBER -> {
                return new NumberLiteral(Double.parseDouble(token.text()), token.offset());
            }
            case STRING -> {
                return new StringLiteral(token.text(), token.offset());
            }
            case NAME -> {
                return named(token);
            }
            case SYMBOL -> {
                if (token.is("(")) {
                    Expression inner = expression(1);
                    expect(")");
                    return inner;
                }
                if (token.is("{")) {
                    at--;
                    return selector(Optional.empty(), token.offset());
                }
            }
            default -> {
                // Falls out: what else there is cannot begin an expression.
            }
        }
        throw unexpected(token, "a metric, a function, a number or \"(\"");
    }

    private Expression named(Token token) throws PromqlException {
        String name = token.text();
        boolean called = peek().is("(");
        Optional<Aggregation> aggregation = Aggregation.of(name);
        if (aggregation.isPresent() && (called || peek().isWord("by") || peek().isWord("without"))) {
            return aggregate(aggregation.get(), token);
        }
        if (called) {
            Function function = Function.of(name)
                    .orElseThrow(() -> error(
                            token.offset(),
                            "the function \"" + name + "\" is not in the subset of PromQL that is evaluated here"));
            return call(function, token);
        }
        if (!peek().is("{") && (token.isWord("inf") || token.isWord("nan"))) {
            return new NumberLiteral(token.isWord("inf") ? Double.POSITIVE_INFINITY : Double.NaN, token.offset());
        }
        return selector(Optional.of(name), token.offset());
    }

    private Expression aggregate(Aggregation aggregation, Token token) throws PromqlException {
        Optional<Grouping> grouping = grouping();
        List<Expression> arguments = arguments();
        if (grouping.isEmpty()) {
            grouping = grouping();
        }
        int expected = aggregation.takesParameter() ? 2 : 1;
        if (arguments.size() != expected) {
            throw error(
                    token.offset(),
                    aggregation.word() + " takes " + expected + (expected == 1 ? " argument" : " arguments") + ", not "
                            + arguments.size());
        }
        if (expected == 2) {
            requireType(arguments.getFirst(), Type.SCALAR, aggregation.word());
        }
        requireType(arguments.getLast(), Type.VECTOR, aggregation.word());
        return new Aggregate(
                aggregation,
                expected == 2 ? Optional.of(arguments.getFirst()) : Optional.empty(),
                arguments.getLast(),
                grouping.orElse(new Grouping(false, List.of())),
                token.offset());
    }

    private Optional<Grouping> grouping() throws PromqlException {
        if (!peek().isWord("by") && !peek().isWord("without")) {
            return Optional.empty();
        }
        boolean without = take().isWord("without");
        return Optional.of(new Grouping(without, names()));
    }

    private Expression call(Function function, Token token) throws PromqlException {
        List<Expression> arguments = arguments();
        if (arguments.size() != function.parameters.size()) {
            String takes = function.parameters.isEmpty()
                    ? "nothing"
                    : function.parameters.stream().map(t -> t.about).collect(Collectors.joining(", "));
            throw error(
                    token.offset(),
                    function.word + "() takes " + takes + ": " + function.parameters.size() + " arguments, not "
                            + arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            requireType(arguments.get(i), function.parameters.get(i), function.word + "()");
        }
        return new Call(function, arguments, token.offset());
    }

    private void requireType(Expression argument, Type type, String who) throws PromqlException {
        if (argument.type() != type) {
            throw error(argument.offset(), who + " takes " + type.about + " here, not " + argument.type().about);
        }
    }

    private List<Expression> arguments() throws PromqlException {
        expect("(");
        List<Expression> arguments = new ArrayList<>();
        while (!peek().is(")")) {
            arguments.add(expression(1));
            if (!peek().is(")")) {
                expect(",");
            }
        }
        expect(")");
        return arguments;
    }

    private List<String> names() throws PromqlException {
        expect("(");
        List<String> names = new ArrayList<>();
        while (!peek().is(")")) {
            names.add(labelName());
            if (!peek().is(")")) {
                expect(",");
            }
        }
        expect(")");
        return names;
    }

    private String labelName() throws PromqlException {
        if (peek().kind() != Token.Kind.NAME || peek().text().indexOf(':') >= 0) {
            throw unexpected("a label's name");
        }
        return take().text();
    }

    private Selector selector(Optional<String> metric, int offset) throws PromqlException {
        List<LabelMatcher> matchers = new ArrayList<>();
        if (metric.isPresent()) {
            matchers.add(new LabelMatcher(Labels.NAME, LabelMatcher.Operator.EQUAL, metric.get()));
        }
        if (peek().is("{")) {
            at++;
            while (!peek().is("}")) {
                matchers.add(matcher());
                if (!peek().is("}")) {
                    expect(",");
                }
            }
            expect("}");
        }
        if (matchers.stream().allMatch(matcher -> matcher.accepts(""))) {
            throw error(offset, "a selector needs at least one matcher that an empty label does not fit");
        }
        return new Selector(List.copyOf(matchers), 0, offset);
    }

    private LabelMatcher matcher() throws PromqlException {
        String label = labelName();
        Token symbol = take();
        LabelMatcher.Operator operator = switch (symbol.kind() == Token.Kind.SYMBOL ? symbol.text() : "") {
            case "=" -> LabelMatcher.Operator.EQUAL;
            case "!=" -> LabelMatcher.Operator.NOT_EQUAL;
            case "=~" -> LabelMatcher.Operator.MATCHES;
            case "!~" -> LabelMatcher.Operator.NOT_MATCHES;
            default -> throw unexpected(symbol, "=, !=, =~ or !~");
        };
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected("a label's value in quotes");
        }
        Token value = take();
        try {
            return new LabelMatcher(label, operator, value.text());
        } catch (PatternSyntaxException e) {
            throw error(value.offset(), "no regular expression (RE2): " + e.getDescription() + ": " + e.getPattern());
        }
    }

    /** {@code [5m]} and {@code offset 5m} after a selector. */
    private Expression postfix(Expression primary) throws PromqlException {
        Expression expression = primary;
        if (peek().is("[")) {
            Token bracket = take();
            long range = duration();
            if (peek().text().startsWith(":")) {
                throw error(peek().offset(), "subqueries are not in the subset of PromQL that is evaluated here");
            }
            expect("]");
            if (!(expression instanceof Selector selector)) {
                throw error(bracket.offset(), "a range such as [5m] follows a selector only");
            }
            if (range == 0) {
                throw error(bracket.offset(), "the range must be longer than 0");
            }
            expression = new RangeSelector(selector, range, selector.offset());
        }
        if (peek().isWord("offset")) {
            Token word = take();
            boolean forward = peek().is("-");
            if (forward) {
                at++;
            }
            long back = forward ? -duration() : duration();
            expression = switch (expression) {
                case Selector s -> new Selector(s.matchers(), back, s.offset());
                case RangeSelector r ->
                    new RangeSelector(new Selector(r.selector().matchers(), back, r.offset()), r.range(), r.offset());
                default -> throw error(word.offset(), "\"offset\" follows a selector only");
            };
        }
        if (peek().is("@")) {
            throw error(peek().offset(), "\"@\" is not in the subset of PromQL that is evaluated here");
        }
        return expression;
    }

    private long duration() throws PromqlException {
        if (peek().kind() != Token.Kind.DURATION) {
            throw unexpected("a duration such as 5m");
        }
        return Durations.millis(take().text()).orElseThrow();
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private void expect(String symbol) throws PromqlException {
        if (!peek().is(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
        at++;
    }

    private PromqlException unexpected(String expected) {
        return unexpected(peek(), expected);
    }

    private PromqlException unexpected(Token found, String expected) {
        return error(found.offset(), "expected " + expected + ", found " + found.shown());
    }

    private PromqlException error(int offset, String message) {
        return new PromqlException(query, offset, message);
    }
}
