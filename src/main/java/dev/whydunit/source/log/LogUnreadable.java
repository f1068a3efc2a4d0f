package dev.whydunit.source.log;

/** A log source could not answer. The message is one line that names the source and what happened. */
public final class LogUnreadable extends Exception {
    private static final int LIMIT = 400;

    private final Reason reason;
    private final String help;

    /** In which way it could not. */
    public enum Reason {
        /** It went wrong: an unusable answer, a wrong query. */
        FAILED,
        /** It cannot be reached, or is not well: it answers with an error of its own, or breaks off. */
        UNREACHABLE,
        /** It took longer than the limit. */
        TIMED_OUT,
        /** It is not permitted: credentials or file permissions. */
        DENIED
    }

    /**
     * @param reason in which way
     * @param message what happened and where; made one line and cut to 400 characters
     * @param help what to do about it, one line; empty when there is nothing to say
     */
    public LogUnreadable(Reason reason, String message, String help) {
        super(LogEvent.cut(message.lines().map(String::strip).findFirst().orElse(""), LIMIT));
        this.reason = reason;
        this.help = help;
    }

    /** With what it was caused by. */
    public LogUnreadable(Reason reason, String message, String help, Throwable cause) {
        this(reason, message, help);
        initCause(cause);
    }

    /** In which way the source could not answer. */
    public Reason reason() {
        return reason;
    }

    /** What to do about it; may be empty. */
    public String help() {
        return help;
    }
}
