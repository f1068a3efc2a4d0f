package dev.whydunit.client;

import dev.whydunit.engine.JournalFailure;

/** A server could not be asked, or did not do what it was asked; the message says which, why, and what to do. */
public final class RemoteFailure extends JournalFailure {
    private static final long serialVersionUID = 1;

    RemoteFailure(String message, Throwable cause) {
        super(message, cause);
    }

    RemoteFailure(String message) {
        super(message, new IllegalStateException(message));
    }
}
