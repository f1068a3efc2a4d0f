package dev.whydunit.packet;

/** A file that is neither pcap nor pcapng. The message says what it begins with. */
public final class NotACapture extends Exception {
    /** With one line for people. */
    public NotACapture(String message) {
        super(message);
    }
}
