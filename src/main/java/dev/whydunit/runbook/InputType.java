package dev.whydunit.runbook;

/** The type of an input. */
public enum InputType {
    /** Any text. */
    STRING,
    /** A whole number. */
    INT,
    /** A number. */
    DOUBLE,
    /** true or false. */
    BOOL,
    /** A duration such as {@code 1h30m}. */
    DURATION,
    /** A moment in RFC 3339. */
    TIMESTAMP,
    /** A list of texts; on the command line separated by commas. */
    LIST
}
