package dev.whydunit.source.scrape;

import dev.whydunit.promql.Labels;
import dev.whydunit.source.metric.HttpFetch;
import dev.whydunit.source.metric.HttpFetch.Answer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.Sampler;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads all endpoints of a source at the same moment. */
final class ScrapeSampler implements Sampler {
    /** What Prometheus asks for, so that a target shows us what it shows Prometheus. */
    private static final String ACCEPT = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private static final int SERVERS_FAULT = 500;
    private static final int MOST_SAMPLES = 50_000;

    private final String source;
    private final List<Target> targets;
    private final HttpFetch http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ScrapeSampler(String source, String job, List<URI> addresses, HttpFetch http) {
        this.source = source;
        this.http = http;
        this.targets = addresses.stream()
                .map(uri -> new Target(uri, job, instance(uri)))
                .toList();
    }

    /** As Prometheus says it: host and port, the scheme's where the address has none. */
    private static String instance(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return uri.getHost() + ":" + port;
    }

    private record Target(URI uri, String job, String instance, SeriesNames names) {
        Target(URI uri, String job, String instance) {
            this(uri, job, instance, new SeriesNames(job, instance));
        }

        Labels own(String metric) {
            return Labels.metric(metric, "instance", instance, "job", job);
        }
    }

    private record Scrape(List<ExpositionSample> samples, double seconds, Optional<MetricFailure> failure) {}

    @Override
    public List<Gap> sample(Duration limit, Sink sink) throws MetricFailure, InterruptedException {
        List<Callable<Scrape>> tasks = new ArrayList<>();
        for (Target target : targets) {
            tasks.add(() -> scrape(target, limit));
        }
        List<Future<Scrape>> scrapes = threads.invokeAll(tasks);
        List<Gap> gaps = new ArrayList<>();
        Optional<MetricFailure> failure = Optional.empty();
        int failed = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            Scrape scrape = outcome(scrapes.get(i));
            for (ExpositionSample sample : scrape.samples()) {
                sink.add(target.names().of(sample.series()), sample.value());
            }
            sink.add(target.own("up"), scrape.failure().isPresent() ? 0 : 1);
            sink.add(target.own("scrape_duration_seconds"), scrape.seconds());
            sink.add(target.own("scrape_samples_scraped"), scrape.samples().size());
            if (scrape.failure().isPresent()) {
                failed++;
                failure = scrape.failure();
                gaps.add(new Gap("", failure.get().why()));
            }
        }
        if (failed == targets.size()) {
            throw failure.orElseThrow();
        }
        return gaps;
    }

    /** In trouble when none of its endpoints answers. */
    @Override
    public Optional<String> trouble(Duration limit) throws InterruptedException {
        List<Callable<Optional<String>>> tasks = new ArrayList<>();
        for (Target target : targets) {
            tasks.add(() -> refusal(target, limit));
        }
        Optional<String> trouble = Optional.empty();
        for (Future<Optional<String>> answer : threads.invokeAll(tasks)) {
            try {
                trouble = answer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("asking an endpoint of " + source, e);
            }
            if (trouble.isEmpty()) {
                return trouble;
            }
        }
        return trouble;
    }

    private Optional<String> refusal(Target target, Duration limit) throws InterruptedException {
        try {
            int status = http.send(
                            HttpRequest.newBuilder(target.uri())
                                    .header("Accept", ACCEPT)
                                    .GET(),
                            limit)
                    .status();
            return status == 200 ? Optional.empty() : Optional.of(target.uri() + " answered with status " + status);
        } catch (MetricFailure e) {
            return Optional.of(e.why());
        }
    }

    private Scrape outcome(Future<Scrape> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("scraping for " + source, e);
        }
    }

    private Scrape scrape(Target target, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Answer answer = http.send(
                    HttpRequest.newBuilder(target.uri())
                            .header("Accept", ACCEPT)
                            .GET(),
                    limit);
            if (answer.status() != 200) {
                throw new MetricFailure(
                        answer.status() >= SERVERS_FAULT ? Reason.UNREACHABLE : Reason.FAILED,
                        target.uri() + " answered with status " + answer.status(),
                        "");
            }
            return new Scrape(read(target, answer), seconds(start), Optional.empty());
        } catch (MetricFailure e) {
            return new Scrape(List.of(), seconds(start), Optional.of(e));
        }
    }

    private List<ExpositionSample> read(Target target, Answer answer) throws MetricFailure {
        String type = answer.contentType().toLowerCase(Locale.ROOT);
        try {
            if (type.contains("html") || type.contains("json")) {
                throw new ExpositionException("it is " + type);
            }
            List<ExpositionSample> samples = new ArrayList<>();
            boolean ended = ExpositionFormat.read(new String(answer.body(), StandardCharsets.UTF_8), samples);
            if (type.startsWith("application/openmetrics-text") && !ended) {
                throw new ExpositionException("it breaks off: \"# EOF\" is missing");
            }
            if (samples.isEmpty()) {
                throw new ExpositionException("there is no sample in it");
            }
            if (samples.size() > MOST_SAMPLES) {
                throw new ExpositionException("it has more than " + MOST_SAMPLES + " samples");
            }
            target.names().learn(samples);
            return samples;
        } catch (ExpositionException e) {
            throw new MetricFailure(
                    Reason.FAILED,
                    source + ": " + target.uri() + " shows no metrics in text format: " + e.getMessage(),
                    "check that the source's url is that of a metrics endpoint");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close();
    }
}
