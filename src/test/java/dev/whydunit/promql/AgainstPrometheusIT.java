package dev.whydunit.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import dev.whydunit.source.metric.TestEnvironment;
import dev.whydunit.source.prometheus.PrometheusSettings;
import dev.whydunit.source.prometheus.PrometheusSourceKind;
import dev.whydunit.source.prometheus.RealPrometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours and the real Prometheus, over exactly the same samples: the same series, the same values. */
class AgainstPrometheusIT {
    private static final int SAMPLE_SECONDS = 15;
    private static final GivenSamples SAMPLES = new GivenSamples();
    private static final Instant START =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(6));
    private static final Instant END = START.plus(Duration.ofMinutes(50)).plusSeconds(7);

    @TempDir
    private static Path directory;

    private static RealPrometheus prometheus;
    private static MetricSource source;

    @BeforeAll
    static void start() throws Exception {
        prometheus = RealPrometheus.start(directory, "scrape_configs: []\n", Optional.of(generated()));
        source = new PrometheusSourceKind()
                .open(
                        "prom",
                        new PrometheusSettings(
                                prometheus.url(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30)),
                        new TestEnvironment());
    }

    @AfterAll
    static void stop() throws Exception {
        if (source != null) {
            source.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
    }

    /** Counters with resets, gauges, a histogram, a late and an early ending series, gaps, NaN and infinity. */
    private static String generated() {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder();
        for (String host : List.of("a", "b", "c")) {
            for (String code : List.of("200", "500")) {
                double value = random.nextInt(1000);
                for (int i = 0; i < 240; i++) {
                    value = random.nextInt(60) == 0 ? random.nextInt(5) : value + random.nextInt(50);
                    boolean gap = host.equals("b") && i > 60 && i < 110;
                    boolean late = host.equals("c") && i < 80;
                    if (!gap && !late) {
                        sample(text, Labels.metric("requests_total", "host", host, "code", code), i, value);
                    }
                }
            }
        }
        for (String host : List.of("a", "b", "c")) {
            for (int i = 0; i < (host.equals("c") ? 100 : 240); i++) {
                double value =
                        i == 50 ? Double.NaN : i == 51 ? Double.POSITIVE_INFINITY : 20 + 5 * random.nextGaussian();
                sample(text, Labels.metric("temperature", "host", host, "room", "r" + host), i, value);
            }
            for (int i = 0; i < 240; i++) {
                sample(text, Labels.metric("limit", "host", host), i, 21 + host.charAt(0) - 'a');
            }
        }
        double[] counts = new double[5];
        String[] bounds = {"0.1", "0.5", "1.0", "5.0", "+Inf"};
        double[][] buckets = new double[5][240];
        for (int i = 0; i < 240; i++) {
            for (int n = 0; n < 20; n++) {
                double seconds = -Math.log(random.nextDouble()) * (i > 120 ? 2 : 0.4);
                for (int b = 0; b < 5; b++) {
                    if (b == 4 || seconds <= Double.parseDouble(bounds[b])) {
                        counts[b]++;
                    }
                }
            }
            for (int b = 0; b < 5; b++) {
                buckets[b][i] = counts[b];
            }
        }
        for (int b = 0; b < 5; b++) {
            for (int i = 0; i < 240; i++) {
                sample(text, Labels.metric("latency_bucket", "le", bounds[b]), i, buckets[b][i]);
            }
        }
        return text.append("# EOF\n").toString();
    }

    private static void sample(StringBuilder text, Labels labels, int index, double value) {
        long millis = START.toEpochMilli() + index * SAMPLE_SECONDS * 1000L;
        SAMPLES.add(labels, millis, value);
        String shown = Double.isNaN(value) ? "NaN" : Double.isInfinite(value) ? "+Inf" : Double.toString(value);
        text.append(labels.toString().replace(", ", ","))
                .append(' ')
                .append(shown)
                .append(' ')
                .append("%d.%03d".formatted(millis / 1000, millis % 1000))
                .append('\n');
    }

    static List<String> queries() {
        return """
                temperature
                temperature{host=~"a|b"}
                temperature{host!~"a.*",room!=""}
                {__name__=~"temp.*|limit",host="a"}
                temperature offset 3m
                rate(requests_total[1m])
                rate(requests_total[5m])
                rate(requests_total[20m] offset 2m)
                irate(requests_total[2m])
                increase(requests_total[10m])
                delta(temperature{host="a"}[3m])
                idelta(temperature[3m])
                deriv(limit[5m])
                deriv(requests_total{host="a"}[5m])
                changes(temperature[10m])
                resets(requests_total[20m])
                avg_over_time(temperature[4m])
                min_over_time(temperature[4m])
                max_over_time(temperature[4m])
                sum_over_time(temperature[4m])
                count_over_time(temperature[4m])
                last_over_time(temperature[4m])
                stddev_over_time(requests_total[4m])
                quantile_over_time(0.9, temperature[10m])
                histogram_quantile(0.5, latency_bucket)
                histogram_quantile(0.95, rate(latency_bucket[5m]))
                histogram_quantile(0.99, sum by (le) (rate(latency_bucket[5m])))
                histogram_quantile(0.2, rate(latency_bucket[1m]))
                histogram_quantile(1.5, latency_bucket)
                sum(requests_total)
                sum by (host) (rate(requests_total[5m]))
                sum without (code) (rate(requests_total[5m]))
                avg(temperature)
                avg by (room) (temperature)
                min(temperature)
                max by (host, code) (requests_total)
                count(temperature > 20)
                group by (host) (requests_total)
                stddev(temperature)
                stdvar by (host) (requests_total)
                quantile(0.3, temperature)
                topk(2, requests_total)
                bottomk(1, temperature < 1000)
                bottomk by (code) (2, latency_bucket or (temperature < 1000))
                topk by (code) (1, requests_total)
                temperature > 20
                20 < temperature
                temperature > bool 20
                temperature == temperature
                temperature != bool 21
                temperature + 1
                2 ^ temperature
                -temperature
                -temperature ^ 2
                temperature % 7
                7 % temperature
                temperature / 0
                temperature / on (host) limit
                temperature - ignoring (room) limit
                temperature > on (host) limit
                temperature > bool ignoring (room) limit
                requests_total / on (host) group_left limit
                requests_total * on (host) group_left (room) temperature
                limit * on (host) group_right requests_total
                sum by (host) (rate(requests_total{code="500"}[5m])) / sum by (host) (rate(requests_total[5m]))
                temperature or limit
                temperature and on (host) limit > 21
                limit unless on (host) temperature
                limit unless ignoring (room) (temperature > 20)
                abs(temperature - 20)
                ceil(temperature)
                floor(temperature)
                sqrt(temperature)
                exp(temperature / 10)
                ln(temperature)
                log2(temperature)
                log10(temperature)
                sgn(temperature - 20)
                clamp(temperature, 18, 22)
                clamp_min(temperature, 20)
                clamp_max(temperature, 20)
                absent(temperature{host="nowhere"})
                absent(temperature)
                scalar(limit{host="a"}) + 1
                vector(7)
                time() - 5
                1 + 2 * 3 ^ 2 / 4
                1 > bool 2
                scalar(temperature)
                sort(temperature)
                100 * (1 - avg by (host) (rate(requests_total{code="200"}[5m])) / 100)
                """.lines().toList();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatPrometheusGives(String query) throws Exception {
        Duration over = Duration.ofMinutes(45);
        Duration step = Duration.ofSeconds(20);
        MetricAnswer theirs = source.ask(
                new MetricQuestion(query, END, over, Optional.of(step), Optional.empty(), Duration.ofSeconds(30)));
        long[] moments = LongStream.rangeClosed(0, over.dividedBy(step))
                .map(i -> END.minus(over).plus(step.multipliedBy(i)).toEpochMilli())
                .toArray();
        List<TimeSeries> ours =
                PromqlQuery.parse(query).evaluate(SAMPLES, moments).series();
        compare(ours, theirs.series());
    }

    @Test
    void theComparisonSeesSamples() throws Exception {
        MetricAnswer theirs = source.ask(new MetricQuestion(
                "temperature",
                END,
                Duration.ofMinutes(45),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30)));
        assertThat(theirs.series()).hasSize(3);
    }

    private static void compare(List<TimeSeries> ours, List<TimeSeries> theirs) {
        Map<Labels, TimeSeries> byLabels =
                ours.stream().collect(Collectors.toMap(TimeSeries::labels, Function.identity()));
        assertThat(byLabels.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        theirs.stream().map(TimeSeries::labels).toList());
        for (TimeSeries their : theirs) {
            TimeSeries our = byLabels.get(their.labels());
            assertThat(our.size()).as("points of %s", their.labels()).isEqualTo(their.size());
            for (int i = 0; i < our.size(); i++) {
                assertThat(our.millis(i)).isEqualTo(their.millis(i));
                double value = their.value(i);
                String place = their.labels() + " at " + Instant.ofEpochMilli(their.millis(i));
                if (Double.isFinite(value)) {
                    assertThat(our.value(i)).as(place).isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
                } else {
                    assertThat(Double.valueOf(our.value(i))).as(place).isEqualTo(Double.valueOf(value));
                }
            }
        }
    }
}
