package dev.whydunit.source.prometheus;

import dev.whydunit.promql.Durations;
import dev.whydunit.source.Probed;
import dev.whydunit.source.metric.HttpFetch;
import dev.whydunit.source.metric.HttpFetch.Answer;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a Prometheus server. The query is sent as it is: the server knows all of PromQL. */
final class PrometheusSource implements MetricSource, Probed {
    /** The server refuses more: "exceeded maximum resolution of 11,000 points per timeseries". */
    private static final long MOST_POINTS = 11_000;

    private static final long USUAL_POINTS = 120;
    private static final long[] ROUND_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400
    };

    private final String source;
    private final String address;
    private final HttpFetch http;
    private final Duration timeout;

    PrometheusSource(String source, URI address, HttpFetch http, Duration timeout) {
        this.source = source;
        this.address = address.toString().replaceAll("/+$", "");
        this.http = http;
        this.timeout = timeout;
    }

    @Override
    public MetricAnswer ask(MetricQuestion question) throws MetricFailure, InterruptedException {
        long deadline = System.nanoTime() + question.limit().toNanos();
        Set<String> caveats = new LinkedHashSet<>();
        Duration step = step(question, caveats);
        QueryResult window = query(question, question.end(), step, deadline);
        caveats.addAll(window.caveats());
        Optional<QueryResult> baseline = Optional.empty();
        if (question.baselineShift().isPresent()) {
            Instant end = question.end().minus(question.baselineShift().get());
            QueryResult before = query(question, end, step, deadline);
            caveats.addAll(before.caveats());
            if (before.series().isEmpty()) {
                caveats.add("There is no baseline: " + source + " has no series for the window that ends at " + end);
            } else {
                baseline = Optional.of(before);
            }
        }
        return new MetricAnswer(
                window.series(),
                baseline.map(QueryResult::series),
                question.end().minus(question.over()),
                question.end(),
                step,
                new ArrayList<>(caveats));
    }

    private static Duration step(MetricQuestion question, Set<String> caveats) {
        Duration over = question.over();
        Duration least = Duration.ofMillis(Math.max(1, over.toMillis() / MOST_POINTS + 1));
        if (question.step().isPresent()) {
            Duration asked = question.step().get();
            if (asked.compareTo(least) >= 0) {
                return asked;
            }
            Duration rounded = round(over, MOST_POINTS);
            caveats.add("The step is " + Durations.text(rounded) + " instead of " + Durations.text(asked)
                    + ": Prometheus gives at most 11,000 points");
            return rounded;
        }
        return round(over, USUAL_POINTS);
    }

    /** The smallest round step that cuts the window into at most so many points. */
    private static Duration round(Duration over, long points) {
        for (long seconds : ROUND_SECONDS) {
            if (over.toSeconds() <= seconds * points) {
                return Duration.ofSeconds(seconds);
            }
        }
        return Duration.ofDays(1).multipliedBy(over.toDays() / points + 1);
    }

    private QueryResult query(MetricQuestion question, Instant end, Duration step, long deadline)
            throws MetricFailure, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", question.promql());
        String path;
        if (question.over().isZero()) {
            path = "/api/v1/query";
            form.put("time", seconds(end));
        } else {
            path = "/api/v1/query_range";
            // The last point is the window's end; the first is wherever whole steps back from it lead.
            Duration whole = step.multipliedBy(question.over().dividedBy(step));
            form.put("start", seconds(end.minus(whole)));
            form.put("end", seconds(end));
            form.put("step", step.toMillis() / 1000.0 + "");
        }
        Duration limit = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        Duration shortest = limit.compareTo(timeout) < 0 ? limit : timeout;
        form.put("timeout", Math.max(1, shortest.toMillis()) + "ms");
        Answer answer = http.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(encoded(form))),
                limit);
        return QueryResult.read(source + " (" + address + ")", answer);
    }

    /** Asks for a constant: a server that can answer that can be asked. */
    @Override
    public Optional<String> trouble(Duration limit) throws InterruptedException {
        try {
            Answer answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/v1/query"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Accept", "application/json")
                            .POST(BodyPublishers.ofString("query=vector%281%29")),
                    limit);
            QueryResult.read(source + " (" + address + ")", answer);
            return Optional.empty();
        } catch (MetricFailure e) {
            return Optional.of(e.why());
        }
    }

    private static String seconds(Instant instant) {
        return "%d.%03d".formatted(instant.getEpochSecond(), instant.getNano() / 1_000_000);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        http.close();
    }
}
