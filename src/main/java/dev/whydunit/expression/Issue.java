package dev.whydunit.expression;

/**
 * What is wrong with an expression or a text with expressions.
 *
 * @param offset in chars of the text that was compiled
 * @param length in chars, at least 1
 * @param message what is wrong, one line
 * @param help what to do; empty when the message says it all
 */
public record Issue(int offset, int length, String message, String help) {
    /** A mark is never shorter than 1. */
    public Issue {
        length = Math.max(1, length);
    }

    Issue at(int start) {
        return new Issue(offset + start, length, message, help);
    }
}
