package dev.whydunit.demo;

/** Told how the demonstration is going. */
@FunctionalInterface
public interface Progress {
    /** Takes one short line for people. Called from the thread that starts the demonstration. */
    void say(String line);
}
