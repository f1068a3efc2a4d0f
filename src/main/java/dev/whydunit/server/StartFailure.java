package dev.whydunit.server;

/** A server cannot be started. The message says why and what to do, in one line. */
public final class StartFailure extends Exception {
    StartFailure(String message) {
        super(message);
    }
}
