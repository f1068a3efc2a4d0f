package dev.whydunit.cli;

import dev.whydunit.engine.Approvals;
import dev.whydunit.engine.Event;
import dev.whydunit.engine.Questions;
import dev.whydunit.engine.Watcher;
import dev.whydunit.report.Summary;
import java.util.List;
import java.util.Optional;

/**
 * Where investigations are run before the eyes of a person: who sees them, is asked by them and stops them. A command's own terminal,
 * or a shell whose prompt stays.
 */
public interface Stage {
    /** A command's own terminal. */
    static Stage terminal(Console console) {
        return new TerminalStage(console);
    }

    /**
     * An investigation that is about to run.
     *
     * @param id its id
     * @param runbook its runbook's id
     */
    Show show(String id, String runbook);

    /** The investigation of that id, when it is shown here. */
    Optional<Going> running(String id);

    /**
     * Answers a question that a step asks here.
     *
     * @param step its id; empty for the only one that asks
     * @return what was wrong; empty when it is answered
     */
    Optional<String> answer(Optional<String> step, String text);

    /** Whether this step asks something here. */
    boolean asks(String step);

    /**
     * Allows or denies what a step here wants to do.
     *
     * @param step its id; empty for the only one that wants something
     * @return what was wrong; empty when it is decided
     */
    Optional<String> decide(Optional<String> step, boolean granted);

    /** Makes this investigation the one that commands are about. */
    void enter(String investigation);

    /** The ids of the investigations that run here, the first begun first. */
    List<String> running();

    /** What is shown of one investigation, from its begin to its end. */
    interface Show extends AutoCloseable {
        /** It is gone on with: it began so, before what is watched. */
        void begun(Event.Started started);

        /** Sees its events. */
        Watcher watcher();

        /** @param mayAsk whether the command allows to ask */
        Approvals approvals(boolean mayAsk);

        /** @param mayAsk whether the command allows to ask */
        Questions questions(boolean mayAsk);

        /**
         * Runs it; a person may stop it meanwhile.
         *
         * @return how it ended
         */
        String run(Going investigation);

        /**
         * Shows the result in its own way.
         *
         * @return whether it did; otherwise the command prints it
         */
        boolean shows(Summary summary);

        @Override
        void close();
    }
}
