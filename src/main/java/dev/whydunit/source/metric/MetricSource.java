package dev.whydunit.source.metric;

/**
 * A place that answers PromQL: a Prometheus server, a scraped endpoint, this machine. Thread-safe.
 *
 * <p>Closing it ends what it collects; a question asked then fails.
 */
public interface MetricSource extends AutoCloseable {
    /**
     * Answers a question.
     *
     * @throws MetricFailure when nothing could be seen; one line says what happened and where
     * @throws InterruptedException when the thread was interrupted
     */
    MetricAnswer ask(MetricQuestion question) throws MetricFailure, InterruptedException;

    /** Never fails. */
    @Override
    void close();
}
