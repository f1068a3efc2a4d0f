package dev.whydunit.engine;

/** A source is not configured, is ambiguous or cannot be opened. The message says which and what to do. */
public final class SourceUnavailable extends Exception {
    /** With one line for people. */
    public SourceUnavailable(String message) {
        super(message);
    }
}
