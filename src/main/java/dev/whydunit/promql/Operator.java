package dev.whydunit.promql;

import java.util.Optional;

/** Operators between two expressions; a higher precedence binds closer. */
enum Operator {
    OR("or", 1),
    AND("and", 2),
    UNLESS("unless", 2),
    EQUAL("==", 3),
    NOT_EQUAL("!=", 3),
    LESS_OR_EQUAL("<=", 3),
    LESS("<", 3),
    GREATER_OR_EQUAL(">=", 3),
    GREATER(">", 3),
    ADD("+", 4),
    SUBTRACT("-", 4),
    MULTIPLY("*", 5),
    DIVIDE("/", 5),
    MODULO("%", 5),
    ATAN2("atan2", 5),
    POWER("^", 6);

    final String symbol;
    final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    static Optional<Operator> of(Token token) {
        for (Operator operator : values()) {
            boolean word = Character.isLetter(operator.symbol.charAt(0));
            if (word ? token.isWord(operator.symbol) : token.is(operator.symbol)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    boolean isComparison() {
        return precedence == 3;
    }

    boolean isSet() {
        return precedence <= 2;
    }

    /** Arithmetic's value. */
    double compute(double left, double right) {
        return switch (this) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case ATAN2 -> Math.atan2(left, right);
            case POWER -> Math.pow(left, right);
            default -> throw new IllegalStateException(symbol + " is no arithmetic");
        };
    }

    /** A comparison's truth. */
    boolean holds(double left, double right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS_OR_EQUAL -> left <= right;
            case LESS -> left < right;
            case GREATER_OR_EQUAL -> left >= right;
            case GREATER -> left > right;
            default -> throw new IllegalStateException(symbol + " is no comparison");
        };
    }
}
