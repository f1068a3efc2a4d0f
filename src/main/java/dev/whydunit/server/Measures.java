package dev.whydunit.server;

import dev.whydunit.retention.Removal;
import dev.whydunit.running.Work;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/** What the server says of itself to Prometheus. Labels hold names from the configuration and from runbooks alone, never an alert's text. */
final class Measures {
    private static final Duration[] STEP_BUCKETS = seconds(0.1, 0.3, 1, 3, 10, 30, 60, 300);
    private static final Duration[] VERDICT_BUCKETS = seconds(0.3, 1, 3, 10, 30, 60, 120, 300, 900);

    private final MeterRegistry registry;

    Measures(MeterRegistry registry) {
        this.registry = registry;
    }

    private static Duration[] seconds(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(second -> Duration.ofMillis(Math.round(second * 1000)))
                .toArray(Duration[]::new);
    }

    void delivered(String receiver, int status, int alerts, int accepted) {
        registry.counter("whydunit.deliveries", "receiver", receiver, "status", Integer.toString(status))
                .increment();
        registry.counter("whydunit.alerts", "receiver", receiver).increment(alerts);
        registry.counter("whydunit.alerts.deduplicated", "receiver", receiver).increment(alerts - accepted);
    }

    /** Alerts that could not be read, of deliveries that were accepted for the others. */
    void refused(String receiver, int alerts) {
        registry.counter("whydunit.alerts.refused", "receiver", receiver).increment(alerts);
    }

    /** A look of a step at one target. The source is empty where a kind reads none, or it did not get as far as one. */
    void step(String kind, String source, String status, Duration took) {
        Timer.builder("whydunit.step")
                .tags("kind", kind, "source", source, "status", status)
                .serviceLevelObjectives(STEP_BUCKETS)
                .register(registry)
                .record(took);
    }

    /** A step did not ask a source that fails, or that was asked often enough. */
    void notAsked(String source) {
        registry.counter("whydunit.source.not.asked", "source", source).increment();
    }

    /** Whether steps leave a source alone. */
    void leftAlone(String source, BooleanSupplier leftAlone) {
        Gauge.builder("whydunit.source.left.alone", () -> leftAlone.getAsBoolean() ? 1 : 0)
                .tag("source", source)
                .register(registry);
    }

    /** From the first alert of an incident to the first verdict on it. */
    void alertToVerdict(Duration took) {
        Timer.builder("whydunit.alert.to.verdict")
                .serviceLevelObjectives(VERDICT_BUCKETS)
                .register(registry)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    void pruned(Removal removed) {
        registry.counter("whydunit.retention.removed", "what", "investigations").increment(removed.investigations());
        registry.counter("whydunit.retention.removed", "what", "incidents").increment(removed.incidents());
        registry.counter("whydunit.retention.removed", "what", "alerts").increment(removed.alerts());
        registry.counter("whydunit.retention.removed", "what", "files").increment(removed.files());
    }

    /** Numbers of what is stored. They are the same on every node. */
    void stored(StoredCounts counts) {
        for (String status : List.of("open", "resolved")) {
            Gauge.builder(
                            "whydunit.incidents",
                            counts,
                            stored ->
                                    number(stored.now(), now -> now.incidents().getOrDefault(status, 0L)))
                    .tag("status", status)
                    .register(registry);
        }
        FunctionCounter.builder(
                        "whydunit.incidents.opened",
                        counts,
                        stored -> number(stored.now(), StoredCounts.Counts::opened))
                .register(registry);
        for (String work : List.of(Work.TRIAGE, Work.INVESTIGATE, Work.NOTIFY)) {
            Gauge.builder(
                            "whydunit.queue",
                            counts,
                            stored -> number(stored.now(), now -> now.waiting().getOrDefault(work, 0L)))
                    .tag("work", work)
                    .register(registry);
        }
    }

    private static double number(Optional<StoredCounts.Counts> counts, ToLongFunction<StoredCounts.Counts> which) {
        return counts.isPresent() ? which.applyAsLong(counts.get()) : Double.NaN;
    }

    void ended(String verdict) {
        registry.counter("whydunit.investigations.ended", "verdict", verdict).increment();
    }

    /** Counts from zero on, so that a rate has a beginning. */
    void channel(String channel) {
        for (String status : List.of("delivered", "later", "failed")) {
            registry.counter("whydunit.notifications", "channel", channel, "status", status);
        }
    }

    /** An attempt to send a message: {@code delivered}, {@code later} or {@code failed}. */
    void notified(String channel, String status) {
        registry.counter("whydunit.notifications", "channel", channel, "status", status)
                .increment();
    }

    void superseded() {
        registry.counter("whydunit.investigations.superseded").increment();
    }

    void gauge(String name, Supplier<Number> value) {
        // By its builder: the registry's own short way would let go of the supplier.
        Gauge.builder(name, value).register(registry);
    }
}
