package dev.whydunit.delivery;

/** One attempt to send one message. */
interface Attempt {
    /** Sends it and waits for the answer. */
    Outcome run();

    /** Ends it from another thread; {@link #run} comes back soon after. */
    void abort();
}
