package dev.whydunit.packet;

import java.util.Optional;

/** Packets that contradict themselves: how many, and which was the first. */
final class Malformed {
    private long count;
    private long lastNumber;
    private long firstNanos;
    private long lastNanos;
    private String first = "";

    /** Counts the packet, once however much is wrong with it. */
    void report(Frame frame, String what) {
        if (frame.number == lastNumber) {
            return;
        }
        if (count++ == 0) {
            first = "packet " + frame.number + ": " + what;
            firstNanos = frame.nanos;
        }
        lastNumber = frame.number;
        lastNanos = frame.nanos;
    }

    /** Counts what the reader could not follow any further. */
    void broken(String why) {
        if (count++ == 0) {
            first = why;
        }
    }

    long count() {
        return count;
    }

    Optional<String> first() {
        return count == 0 ? Optional.empty() : Optional.of(first);
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }
}
