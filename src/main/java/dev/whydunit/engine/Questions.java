package dev.whydunit.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks people what no program can look at. */
public interface Questions {
    /**
     * Blocks until there is an answer, or nobody gave one in time.
     *
     * @param question for people; text of strangers may be in it
     * @param choices the answers that there are; empty when any text is one
     * @param patience how long to wait
     * @return empty when nobody is there or nobody answered
     */
    Optional<Answer> ask(String step, String question, List<String> choices, Duration patience)
            throws InterruptedException;

    /** An answer, and whose it is. */
    record Answer(String text, String by) {}

    /** Nobody is there to ask. */
    static Questions nobody() {
        return (step, question, choices, patience) -> Optional.empty();
    }
}
