package dev.whydunit.server;

import dev.whydunit.engine.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What the server says of itself to Prometheus. Labels hold names from the configuration and from runbooks alone, never an alert's text. */
final class Measures {
    private final MeterRegistry registry;

    Measures(MeterRegistry registry) {
        this.registry = registry;
    }

    void delivered(String receiver, int status, int alerts, int accepted) {
        registry.counter("whydunit.deliveries", "receiver", receiver, "status", Integer.toString(status))
                .increment();
        registry.counter("whydunit.alerts", "receiver", receiver).increment(alerts);
        registry.counter("whydunit.alerts.deduplicated", "receiver", receiver).increment(alerts - accepted);
    }

    void step(Event.StepEnded ended) {
        registry.timer("whydunit.step", "status", ended.status().name().toLowerCase(Locale.ROOT))
                .record(Duration.ofNanos((long) (ended.seconds() * 1e9)));
    }

    void ended(String verdict) {
        registry.counter("whydunit.investigations.ended", "verdict", verdict).increment();
    }

    void superseded() {
        registry.counter("whydunit.investigations.superseded").increment();
    }

    void gauge(String name, Supplier<Number> value) {
        registry.gauge(name, value, supplier -> supplier.get().doubleValue());
    }
}
