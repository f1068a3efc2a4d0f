package dev.whydunit.alert;

/** A payload is not what its format promises. The message says where in it and what is wrong, in one line. */
public final class UnreadableAlert extends Exception {
    /** With one line for the sender. */
    public UnreadableAlert(String message) {
        super(message);
    }
}
