package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import dev.whydunit.source.metric.TestEnvironment;
import dev.whydunit.source.prometheus.PrometheusSettings;
import dev.whydunit.source.prometheus.PrometheusSourceKind;
import dev.whydunit.source.prometheus.RealPrometheus;
import dev.whydunit.source.scrape.ScrapeSettings;
import dev.whydunit.source.scrape.ScrapeSourceKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A metric_check against the real Prometheus, and the same query against the target that this Prometheus scrapes. */
class PrometheusIT {
    /** The history: a shop whose latency shifts from 0.1 to 0.4 five minutes before the incident. */
    private static final Instant INCIDENT =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(4));

    private static final Instant SHIFT = INCIDENT.minus(Duration.ofMinutes(5));

    @TempDir
    private static Path directory;

    private static HttpServer target;
    private static RealPrometheus prometheus;
    private static MetricSource prom;
    private static MetricSource scrape;

    @BeforeAll
    static void start() throws Exception {
        long started = System.nanoTime();
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/metrics", exchange -> {
            byte[] body = metrics((System.nanoTime() - started) / 1e9).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        target.start();
        String address = "127.0.0.1:" + target.getAddress().getPort();
        prometheus = RealPrometheus.start(directory, """
                global: {scrape_interval: 500ms}
                scrape_configs:
                  - {job_name: shop, static_configs: [{targets: ['%s']}]}
                """.formatted(address), Optional.of(history()));
        prom = new PrometheusSourceKind()
                .open(
                        "prom",
                        new PrometheusSettings(
                                prometheus.url(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30)),
                        new TestEnvironment());
        scrape = new ScrapeSourceKind()
                .open(
                        "shop",
                        new ScrapeSettings(
                                Optional.of("http://" + address + "/metrics"),
                                List.of(),
                                Optional.empty(),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(250),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5)),
                        new TestEnvironment());
    }

    @AfterAll
    static void stop() throws Exception {
        if (scrape != null) {
            scrape.close();
        }
        if (prom != null) {
            prom.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (target != null) {
            target.stop(0);
        }
    }

    /** Steady rates: what is measured does not depend on when. */
    private static String metrics(double seconds) {
        return """
               # TYPE http_requests_total counter
               http_requests_total{code="200",path="/a \\"b\\""} %1$f
               http_requests_total{code="500",path="/"} %2$f
               # TYPE http_request_duration_seconds histogram
               http_request_duration_seconds_bucket{le="0.1"} %3$f
               http_request_duration_seconds_bucket{le="0.5"} %4$f
               http_request_duration_seconds_bucket{le="+Inf"} %1$f
               http_request_duration_seconds_sum %4$f
               http_request_duration_seconds_count %1$f
               # TYPE pool_active gauge
               pool_active{pool="main"} 17
               pool_active{pool="spare"} 3
               pool_max{pool="main"} 20
               pool_max{pool="spare"} 20
               temperature NaN
               """.formatted(seconds * 100, seconds * 2, seconds * 60, seconds * 90);
    }

    private static String history() {
        StringBuilder text = new StringBuilder();
        for (String instance : List.of("web1", "web2")) {
            for (Instant at = INCIDENT.minus(Duration.ofMinutes(40));
                    !at.isAfter(INCIDENT.plus(Duration.ofMinutes(2)));
                    at = at.plusSeconds(15)) {
                boolean ill = instance.equals("web2") && !at.isBefore(SHIFT);
                double jitter = at.getEpochSecond() / 15 % 5 * 0.004;
                text.append("latency_seconds{instance=\"%s\"} %s %d%n"
                        .formatted(instance, (ill ? 0.4 : 0.1) + jitter, at.getEpochSecond()));
            }
        }
        return text.append("# EOF\n").toString();
    }

    private static Observation check(MetricSource source, MetricCheckParameters parameters) throws Exception {
        return new MetricCheck()
                .observe(parameters, new SourceOnlyContext(source, Instant.now(), Duration.ofSeconds(60)));
    }

    private static MetricCheckParameters parameters(
            String query, Duration over, Optional<Baseline> baseline, Instant at) {
        return new MetricCheckParameters(
                Optional.empty(), query, over, Optional.empty(), baseline, Optional.of(at), Optional.empty());
    }

    @Test
    void findsWhichSeriesShiftedAndWhen() throws Exception {
        Observation observation = check(
                prom, parameters("latency_seconds", Duration.ofMinutes(15), Optional.of(Baseline.PREVIOUS), INCIDENT));
        assertThat(observation).isInstanceOfSatisfying(Seen.class, seen -> {
            MetricCheckResult result = (MetricCheckResult) seen.result();
            assertThat(seen.hasData()).isTrue();
            assertThat(seen.caveats()).isEmpty();
            assertThat(result.series()).hasSize(2);
            assertThat(result.series().getFirst().labels()).isEqualTo(Map.of("instance", "web2"));
            assertThat(result.last().orElseThrow()).isBetween(0.4, 0.42);
            assertThat(result.baselineMean().orElseThrow()).isCloseTo(0.108, within(0.001));
            assertThat(result.change().orElseThrow()).isCloseTo(0.207 / 0.108, within(0.1));
            assertThat(result.onset().orElseThrow()).isBetween(SHIFT, SHIFT.plusSeconds(15));
            assertThat(result.series().get(1).change().orElseThrow()).isCloseTo(1, within(0.05));
        });
    }

    @Test
    void aMomentIsAnInstantQuery() throws Exception {
        Observation observation =
                check(prom, parameters("latency_seconds{instance=\"web1\"}", Duration.ZERO, Optional.empty(), SHIFT));
        assertThat(observation).isInstanceOfSatisfying(Seen.class, seen -> {
            MetricCheckResult result = (MetricCheckResult) seen.result();
            assertThat(result.points()).hasSize(1);
            assertThat(result.last().orElseThrow()).isBetween(0.1, 0.12);
        });
    }

    @Test
    void noSeriesIsNoDataAndNoBaselineIsTold() throws Exception {
        assertThat(check(prom, parameters("nothing", Duration.ofMinutes(15), Optional.empty(), INCIDENT)))
                .isInstanceOfSatisfying(
                        Seen.class, seen -> assertThat(seen.hasData()).isFalse());
        assertThat(check(
                        prom,
                        parameters("latency_seconds", Duration.ofMinutes(15), Optional.of(Baseline.WEEK), INCIDENT)))
                .isInstanceOfSatisfying(Seen.class, seen -> {
                    assertThat(((MetricCheckResult) seen.result()).change()).isEmpty();
                    assertThat(seen.caveats())
                            .singleElement()
                            .satisfies(c -> assertThat(c).contains("There is no baseline"));
                });
    }

    @Test
    void aBadQueryIsUnseenWithItsPlace() throws Exception {
        assertThat(check(prom, parameters("rate(up)", Duration.ofMinutes(15), Optional.empty(), INCIDENT)))
                .isInstanceOfSatisfying(Unseen.class, unseen -> {
                    assertThat(unseen.cause()).isEqualTo(Cause.FAILED);
                    assertThat(unseen.why()).contains("bad_data").contains("1:6: parse error");
                });
    }

    @Test
    void aScalarAndALongWindowWork() throws Exception {
        assertThat(check(
                        prom,
                        parameters(
                                "scalar(latency_seconds{instance=\"web1\"}) * 2",
                                Duration.ofDays(30),
                                Optional.empty(),
                                INCIDENT)))
                .isInstanceOfSatisfying(
                        Seen.class, seen -> assertThat(seen.hasData()).isTrue());
        assertThat(check(prom, parameters("vector(3)", Duration.ZERO, Optional.empty(), INCIDENT)))
                .isInstanceOfSatisfying(
                        Seen.class,
                        seen -> assertThat(((MetricCheckResult) seen.result()).last())
                                .contains(3.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "http_requests_total > bool 0",
                "rate(http_requests_total{code=\"200\"}[5s])",
                "sum(rate(http_requests_total{code=~\"5..\"}[5s])) / sum(rate(http_requests_total[5s]))",
                "sum by (code, job) (irate(http_requests_total[5s]))",
                "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5s])))",
                "histogram_quantile(0.5, sum by (le) (rate(http_request_duration_seconds_bucket[5s])))",
                "pool_active / pool_max",
                "max by (instance) (pool_active) and on () vector(1)",
                "topk(1, pool_active)",
                "avg_over_time(pool_active{pool!=\"spare\"}[3s])",
            })
    void theSameQueryGivesTheSameOfPrometheusAndOfTheScrapedTarget(String query) throws Exception {
        // Prometheus needs a few scrapes of its own first.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> values(prom, "count_over_time(up[20s]) > 11").size() == 1);
        Map<Labels, Double> ours = values(scrape, query);
        Map<Labels, Double> theirs = values(prom, query);
        assertThat(theirs).isNotEmpty();
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        theirs.forEach((labels, value) ->
                assertThat(ours.get(labels)).as("%s", labels).isCloseTo(value, within(0.1 * Math.abs(value))));
    }

    private static Map<Labels, Double> values(MetricSource source, String query) throws Exception {
        MetricAnswer answer = source.ask(new MetricQuestion(
                query, Instant.now(), Duration.ZERO, Optional.empty(), Optional.empty(), Duration.ofSeconds(60)));
        Map<Labels, Double> values = new TreeMap<>(Comparator.comparing(Labels::toString));
        for (TimeSeries series : answer.series()) {
            values.put(series.labels(), series.value(series.size() - 1));
        }
        return values;
    }
}
