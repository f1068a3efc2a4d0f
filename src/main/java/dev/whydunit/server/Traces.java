package dev.whydunit.server;

import dev.whydunit.config.Configuration;
import dev.whydunit.config.TracingSettings;
import dev.whydunit.engine.Event;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Investigations as traces: a span for all of it and one for each look of a step, made of the journal's events once it has ended. Whoever goes
 * on with it after a crash names the spans alike. Spans hold names and times, and no text of alerts or evidence. What the collector does not
 * take is dropped: a diagnosis never waits for it.
 */
final class Traces implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 4_096;

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Names names = new Names();

    /** As configured; empty, with nothing loaded, where it is not. */
    static Optional<Traces> of(Configuration configuration, String node) {
        return configuration.operation().tracing().map(settings -> new Traces(settings, configuration, node));
    }

    private Traces(TracingSettings settings, Configuration configuration, String node) {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint()).setTimeout(LIMIT);
        settings.headers()
                .forEach((name, reference) ->
                        exporter.addHeader(name, configuration.environment().secret(reference)));
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", "whydunit")
                        .put("service.instance.id", node)
                        .build()))
                .setIdGenerator(names)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setMaxQueueSize(MOST_WAITING)
                        .setExporterTimeout(LIMIT)
                        .build())
                .build();
        this.tracer = provider.get("dev.whydunit");
    }

    /** The span ids are given out by one thread at a time. */
    synchronized void ended(String id, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        names.next(id, "all");
        Span all = tracer.spanBuilder(runbook(events))
                .setNoParent()
                .setStartTimestamp(events.getFirst().at())
                .setAttribute("whydunit.investigation", id)
                .startSpan();
        Context within = Context.root().with(all);
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Event.StepEnded step) {
                names.next(id, "event " + (i + 1));
                Instant begun = step.at().minusNanos((long) (step.seconds() * 1e9));
                Span span = tracer.spanBuilder(step.step())
                        .setParent(within)
                        .setStartTimestamp(begun)
                        .setAttribute("whydunit.status", step.status().name().toLowerCase(Locale.ROOT))
                        .startSpan();
                step.target().ifPresent(target -> span.setAttribute("whydunit.target", target));
                if (step.error().isPresent()) {
                    span.setStatus(StatusCode.ERROR);
                }
                span.end(step.at());
            }
        }
        all.end(events.getLast().at());
    }

    private static String runbook(List<Event> events) {
        return events.getFirst() instanceof Event.Started started
                ? started.runbook().id()
                : "investigation";
    }

    @Override
    public void close() {
        provider.shutdown();
    }

    /** Names what comes next after the investigation and its events. */
    private static final class Names implements IdGenerator {
        private String trace = "";
        private String span = "";

        void next(String investigation, String name) {
            trace = TraceIds.ofInvestigation(investigation);
            span = TraceIds.span(investigation, name);
        }

        @Override
        public String generateSpanId() {
            return span;
        }

        @Override
        public String generateTraceId() {
            return trace;
        }
    }
}
