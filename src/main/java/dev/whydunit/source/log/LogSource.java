package dev.whydunit.source.log;

/** A configured place that log events are read from. Thread-safe. */
public interface LogSource {
    /**
     * Answers a question. Counts are exact; only {@link LogSlice#messages()} may be a sample.
     *
     * @throws LogUnreadable when the source could not be read, or only in part: there is never an answer made up from less
     * @throws InterruptedException when the thread was interrupted; nothing goes on in the background
     */
    LogAnswer ask(LogQuestion question) throws LogUnreadable, InterruptedException;

    /** The question as an engineer would put it by hand, ready to paste; holds no secret. Does no I/O. */
    String rendered(LogQuestion question);
}
