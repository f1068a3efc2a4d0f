package dev.whydunit.engine;

/** Where the events of one investigation go, in order. */
public interface Journal {
    /**
     * Adds an event. It is kept in order; it need not be durable yet.
     *
     * @throws JournalFailure when it, or one before it, could not be kept: the investigation must stop
     */
    void append(Event event) throws JournalFailure;

    /**
     * Returns once everything added so far would survive a crash.
     *
     * @throws JournalFailure when something could not be kept
     */
    void flush() throws JournalFailure;
}
