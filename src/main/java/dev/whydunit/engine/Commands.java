package dev.whydunit.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Runs commands on a host that is reached by a connection. */
public interface Commands {
    /**
     * Starts a command; its input is empty.
     *
     * @param command the program and its arguments; each arrives there as it is, whatever characters it holds
     * @throws IOException when the host cannot be reached or the command cannot be started
     */
    Running start(List<String> command) throws IOException;

    /** A command that was started. Closing it ends it if it still runs. */
    interface Running extends AutoCloseable {
        /** Its standard output. */
        InputStream output();

        /** Its standard error. */
        InputStream errors();

        /** Waits for its end and gives its exit status. */
        int await() throws InterruptedException;

        @Override
        void close();
    }
}
