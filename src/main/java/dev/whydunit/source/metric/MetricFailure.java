package dev.whydunit.source.metric;

/** A source could not answer. */
public final class MetricFailure extends Exception {
    /** In which way. */
    public enum Reason {
        /** It went wrong: an unusable answer, a wrong query. */
        FAILED,
        /** It cannot be reached, or is not well: it answers with an error of its own, or breaks off. */
        UNREACHABLE,
        /** It took too long. */
        TIMED_OUT,
        /** It was not allowed. */
        DENIED
    }

    private static final int LONGEST = 500;

    private final Reason reason;
    private final String why;
    private final String help;

    /**
     * A failure to see.
     *
     * @param message what happened and where; made one line and at most 500 characters, since it may quote an answer
     * @param help what to do about it; empty when there is nothing to say
     */
    public MetricFailure(Reason reason, String message, String help) {
        super(oneLine(message));
        this.why = oneLine(message);
        this.reason = reason;
        this.help = help;
    }

    /** In which way. */
    public Reason reason() {
        return reason;
    }

    /** What happened and where, one line: the message. */
    public String why() {
        return why;
    }

    /** What to do about it, one line; may be empty. */
    public String help() {
        return help;
    }

    /** Text from outside as one line of bounded length, control characters as blanks. */
    public static String oneLine(String text) {
        String line = text.strip()
                .codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.strip().codePointCount(0, text.strip().length()) > LONGEST ? line + "…" : line;
    }
}
