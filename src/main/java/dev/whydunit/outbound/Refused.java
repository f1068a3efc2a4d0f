package dev.whydunit.outbound;

/** The address may not be asked. The message says which and why. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
