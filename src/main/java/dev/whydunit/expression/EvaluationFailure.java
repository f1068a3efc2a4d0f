package dev.whydunit.expression;

/**
 * An expression had no value: something that it reads is absent, or an operation is not defined for what it got. The
 * message names it. Whoever asked a question gets the answer "unknown".
 */
public final class EvaluationFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** With one line for people. */
    public EvaluationFailure(String message) {
        super(message);
    }
}
