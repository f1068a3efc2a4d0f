package dev.whydunit.source.jdbc;

/** A query could not be answered; the message says by which source and why, without any secret. */
public final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of failure it is. */
    public enum Reason {
        /** The database said no. */
        FAILED,
        /** The database could not be reached, or is not well. */
        UNREACHABLE,
        /** It did not answer in time. */
        TIMED_OUT,
        /** It may not be asked this: no query, or a right is missing. */
        DENIED
    }

    private final Reason reason;

    SqlFailure(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    /** What kind of failure it is. */
    public Reason reason() {
        return reason;
    }
}
