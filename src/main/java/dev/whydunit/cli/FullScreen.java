package dev.whydunit.cli;

import java.io.IOException;
import java.util.Optional;

/** What takes the whole terminal. */
public interface FullScreen {
    /**
     * Opens the interactive shell.
     *
     * @return the exit code
     */
    int shell(Application application);

    /** Does for a moment what a shell does, on a terminal that is none, so that its classes are known to the launcher's cache. */
    void train(Application application) throws IOException;

    /**
     * Shows investigations as they go, until the person leaves.
     *
     * @param investigation the one to begin with, by its whole id; empty for the list
     * @return the exit code
     */
    int watch(Application application, Optional<String> investigation);
}
