package dev.whydunit.step.hostcommand;

/** What one command printed, so far. Thread-safe. */
final class CommandOutput {
    private final CappedOutput stdout;
    private final CappedOutput stderr;
    private volatile boolean leftBehind;

    /** @param limit how many bytes are kept of each stream */
    CommandOutput(int limit) {
        stdout = new CappedOutput(limit);
        stderr = new CappedOutput(limit);
    }

    CappedOutput stdout() {
        return stdout;
    }

    CappedOutput stderr() {
        return stderr;
    }

    /** Whether the command ended but processes that it had started went on, and had to be ended. */
    boolean leftBehind() {
        return leftBehind;
    }

    void markLeftBehind() {
        leftBehind = true;
    }
}
