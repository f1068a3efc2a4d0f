package dev.whydunit.doctor;

/**
 * What was looked at and how it is.
 *
 * @param name such as {@code source logs}
 * @param says what was seen, one line
 * @param help what to do; empty when there is nothing to do
 */
public record Check(String name, Level level, String says, String help) {
    /** How it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It works, and somebody should know. */
        WARNING,
        /** Something will not work. */
        PROBLEM
    }

    static Check ok(String name, String says) {
        return new Check(name, Level.OK, says, "");
    }

    static Check warning(String name, String says, String help) {
        return new Check(name, Level.WARNING, says, help);
    }

    static Check problem(String name, String says, String help) {
        return new Check(name, Level.PROBLEM, says, help);
    }
}
