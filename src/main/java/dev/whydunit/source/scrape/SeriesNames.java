package dev.whydunit.source.scrape;

import dev.whydunit.promql.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Labels of the series of one target by their text, kept from one scrape to the next since they hardly change. Not
 * thread-safe: a target is read by one thread at a time.
 */
final class SeriesNames {
    /** A target that changes its labels at every scrape must not fill the memory. */
    private static final int MOST = 50_000;

    private final String job;
    private final String instance;
    private final Map<String, Labels> known = new HashMap<>();

    SeriesNames(String job, String instance) {
        this.job = job;
        this.instance = instance;
    }

    /**
     * Makes all series of a scrape known.
     *
     * @throws ExpositionException when one is none
     */
    void learn(List<ExpositionSample> samples) throws ExpositionException {
        if (known.size() > MOST) {
            known.clear();
        }
        for (ExpositionSample sample : samples) {
            if (!known.containsKey(sample.series())) {
                known.put(sample.series(), labels(sample.series()));
            }
        }
    }

    /** Of a series that was learnt. */
    Labels of(String series) {
        return Optional.ofNullable(known.get(series))
                .orElseThrow(() -> new IllegalStateException("a series that was not learnt: " + series));
    }

    /** With job and instance; a target's own labels of these names become exported_…, as in Prometheus. */
    private Labels labels(String series) throws ExpositionException {
        Map<String, String> labels = ExpositionFormat.labels(series);
        export(labels, "job", job);
        export(labels, "instance", instance);
        return Labels.of(labels);
    }

    private static void export(Map<String, String> labels, String name, String value) {
        String own = labels.put(name, value);
        if (own != null && !own.isEmpty()) {
            labels.put("exported_" + name, own);
        }
    }
}
