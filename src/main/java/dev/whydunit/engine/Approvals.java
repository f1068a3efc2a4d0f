package dev.whydunit.engine;

/** Asks whether a step that changes something may run. */
public interface Approvals {
    /**
     * Blocks until there is an answer.
     *
     * @param command exactly what will run
     */
    Answer ask(String step, String command) throws InterruptedException;

    /** An answer, and whose it is. */
    record Answer(boolean granted, String by) {}

    /** Nobody is there to ask: everything is denied. */
    static Approvals nobody() {
        return (step, command) -> new Answer(false, "nobody");
    }
}
