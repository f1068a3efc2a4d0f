package dev.whydunit.source.host;

import dev.whydunit.promql.Labels;
import dev.whydunit.source.metric.Sampler;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes this machine's samples, each with the labels that a Prometheus would add to node_exporter's. */
final class Metrics {
    private final Sampler.Sink sink;
    private final String instance;

    /** @param instance the machine's name */
    Metrics(Sampler.Sink sink, String instance) {
        this.sink = sink;
        this.instance = instance;
    }

    /** @param labels names and values by turns */
    void add(String name, double value, String... labels) {
        Map<String, String> all = new TreeMap<>();
        all.put(Labels.NAME, name);
        all.put("instance", instance);
        all.put("job", "node");
        for (int i = 0; i + 1 < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        sink.add(Labels.of(all), value);
    }

    /** Nothing when there is no value. */
    void add(String name, Optional<Double> value, String... labels) {
        value.ifPresent(v -> add(name, v, labels));
    }
}
