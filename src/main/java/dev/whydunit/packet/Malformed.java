package dev.whydunit.packet;

import java.util.Optional;

/** Packets that contradict themselves: how many, and which was the first. */
final class Malformed {
    private long count;
    private long firstNumber = Long.MAX_VALUE;
    private long firstNanos;
    private long lastNanos;
    private String first = "";

    /** Counts the packet, once however much is wrong with it. */
    void report(Frame frame, String what) {
        if (frame.malformed) {
            return;
        }
        frame.malformed = true;
        if (count++ == 0) {
            first = "packet " + frame.number + ": " + what;
            firstNumber = frame.number;
            firstNanos = frame.nanos;
        }
        lastNanos = frame.nanos;
    }

    /** Adds what another counted of other packets of the same capture. */
    void merge(Malformed other) {
        if (other.firstNumber < firstNumber) {
            first = other.first;
            firstNumber = other.firstNumber;
            firstNanos = other.firstNanos;
        }
        lastNanos = Math.max(lastNanos, other.lastNanos);
        count += other.count;
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
