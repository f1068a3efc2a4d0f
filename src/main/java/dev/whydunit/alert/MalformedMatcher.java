package dev.whydunit.alert;

/** A text is not a label matcher. The message says what was expected, in one line, without the place. */
public final class MalformedMatcher extends Exception {
    private final int offset;

    /**
     * With what is wrong and where.
     *
     * @param offset index of the first wrong character; the text's length when it ends too early
     */
    public MalformedMatcher(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    /** The index in the text of the first character that is wrong; the text's length when it ends too early. */
    public int offset() {
        return offset;
    }
}
