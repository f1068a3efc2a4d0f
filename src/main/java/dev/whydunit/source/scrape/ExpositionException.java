package dev.whydunit.source.scrape;

/** A body is not in the text format; the message says where and why, and goes on from a colon. */
final class ExpositionException extends Exception {
    ExpositionException(String message) {
        super(message);
    }
}
