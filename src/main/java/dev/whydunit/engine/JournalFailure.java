package dev.whydunit.engine;

/** An event could not be kept. The message says where the journal is and what went wrong. */
public class JournalFailure extends RuntimeException {
    /** With one line for people. */
    public JournalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
