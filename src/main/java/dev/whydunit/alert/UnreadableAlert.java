package dev.whydunit.alert;

/** A payload is not what its format promises. The message says where in it and what is wrong, in one line. */
public final class UnreadableAlert extends Exception {
    private static final long serialVersionUID = 1;

    private final String withoutContent;

    /** With one line for the sender that holds nothing of what the payload says. */
    public UnreadableAlert(String message) {
        this(message, message);
    }

    /**
     * With one line for the sender, and one for everybody else.
     *
     * @param message may show what was found
     * @param withoutContent the same without anything that the payload says
     */
    public UnreadableAlert(String message, String withoutContent) {
        super(message);
        this.withoutContent = withoutContent;
    }

    /** The message without anything that the payload says, which could be a secret: for logs, and for what is stored. */
    public String withoutContent() {
        return withoutContent;
    }
}
