package dev.whydunit.source.metric;

import dev.whydunit.promql.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes all samples of one moment. Called by one thread at a time. */
public interface Sampler extends AutoCloseable {
    /**
     * Takes them.
     *
     * @param limit how long it may take
     * @param sink takes what was read; what it got before a failure counts
     * @return what is missing or was cut; empty when nothing
     * @throws MetricFailure when there was nothing to be read
     */
    List<Gap> sample(Duration limit, Sink sink) throws MetricFailure, InterruptedException;

    /**
     * Whether there is anything to be read just now. Unlike {@link #sample} it may be asked by any thread at any time.
     *
     * @param limit how long it may take
     * @return empty when there is; otherwise why not, in one line
     */
    default Optional<String> trouble(Duration limit) throws InterruptedException {
        return Optional.empty();
    }

    /** Lets go of what it holds. */
    @Override
    void close();

    /**
     * Something that is not there.
     *
     * @param metrics how the names of the metrics begin that lack; empty for all. Who asks for others is not told
     * @param says one sentence
     */
    record Gap(String metrics, String says) {}

    /** Where samples go. */
    interface Sink {
        /** One sample; of two with the same labels the first counts. */
        void add(Labels labels, double value);
    }
}
