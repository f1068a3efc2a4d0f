package dev.whydunit.engine;

import java.time.Duration;
import java.util.Optional;

/** Asks whether a step that changes something may run. */
public interface Approvals {
    /** Blocks until there is an answer. It is good for this wish, once: another attempt or target is asked for anew. */
    Answer ask(Wish wish) throws InterruptedException;

    /**
     * Takes back what a step of this investigation asks, or was about to: {@link #ask} gives that it was withdrawn, and so is told whoever
     * answers still. Where a question is gone with whoever asked it there is nothing to do.
     *
     * @param why in one line, for people
     */
    default void withdraw(String step, String why) {}

    /**
     * What a step wants to do.
     *
     * @param target the host or item that it is done to; empty when there is just one
     * @param command exactly what will run, with its environment and input
     * @param attempt from 1
     * @param undo how it is taken back, where the runbook says so
     * @param approvers the least role that may allow it
     * @param expires how long a person is waited for
     */
    record Wish(
            String step,
            Optional<String> target,
            String command,
            int attempt,
            Optional<String> undo,
            String approvers,
            Duration expires) {
        /** What an answer is bound to: the command, and where it runs. */
        public String deed() {
            return target.map(where -> "on " + where + "\n").orElse("") + command;
        }
    }

    /**
     * An answer.
     *
     * @param by whose it is; empty when there is none
     * @param withdrawn why the question was taken back instead of being answered
     */
    record Answer(boolean granted, String by, Optional<String> withdrawn) {
        /** A person's, or nobody's. */
        public Answer(boolean granted, String by) {
            this(granted, by, Optional.empty());
        }

        /** None: the question was taken back. */
        public static Answer withdrawn(String why) {
            return new Answer(false, "", Optional.of(why));
        }
    }

    /** Nobody is there to ask: everything is denied. */
    static Approvals nobody() {
        return wish -> new Answer(false, "nobody");
    }
}
