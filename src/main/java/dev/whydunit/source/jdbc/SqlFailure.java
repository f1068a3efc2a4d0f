package dev.whydunit.source.jdbc;

/** A query could not be answered; the message says by which source and why, without any secret. */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean timedOut;

    SqlFailure(String message, boolean timedOut) {
        super(message);
        this.timedOut = timedOut;
    }

    /** Whether the time limit was the reason. */
    public boolean timedOut() {
        return timedOut;
    }
}
