package dev.whydunit.yaml;

/**
 * A mistake in a file, with what to do about it.
 *
 * @param code such as {@code E104}; docs/errors.md and docs/lint.md explain each. Codes of warnings begin with {@code W}
 * @param position where it begins
 * @param length in code points on that line, at least 1; what a caret line underlines
 * @param message what is wrong, one line without a full stop
 * @param help what to do, one line; empty when the message says it all
 */
public record Problem(String code, Position position, int length, String message, String help) {
    /** A caret is never shorter than 1. */
    public Problem {
        length = Math.max(1, length);
    }

    /** How much it matters. */
    public Severity severity() {
        return Severity.of(code);
    }
}
