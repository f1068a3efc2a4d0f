package dev.whydunit.cli;

import java.util.Optional;

/** What takes the whole terminal. */
public interface FullScreen {
    /**
     * Opens the interactive shell.
     *
     * @return the exit code
     */
    int shell(Application application);

    /**
     * Shows investigations as they go, until the person leaves.
     *
     * @param investigation the one to begin with, by its whole id; empty for the list
     * @return the exit code
     */
    int watch(Application application, Optional<String> investigation);
}
