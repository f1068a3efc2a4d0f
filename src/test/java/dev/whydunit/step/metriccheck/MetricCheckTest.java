package dev.whydunit.step.metriccheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Cause;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.engine.StepContext;
import dev.whydunit.promql.Labels;
import dev.whydunit.promql.TimeSeries;
import dev.whydunit.source.metric.MetricAnswer;
import dev.whydunit.source.metric.MetricFailure;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.MetricQuestion;
import dev.whydunit.source.metric.MetricSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricCheckTest {
    private static final Instant ANCHOR = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration OVER = Duration.ofMinutes(15);
    private static final Duration STEP = Duration.ofSeconds(10);

    private final List<MetricQuestion> asked = new ArrayList<>();

    private interface Answering {
        MetricAnswer answer() throws MetricFailure;
    }

    private StepContext context(Answering answering) {
        MetricSource source = new MetricSource() {
            @Override
            public MetricAnswer ask(MetricQuestion question) throws MetricFailure {
                asked.add(question);
                return answering.answer();
            }

            @Override
            public void close() {}
        };
        return new SourceOnlyContext(source, ANCHOR, Duration.ofSeconds(42));
    }

    private static MetricCheckParameters parameters(Optional<Baseline> baseline, Optional<Double> limit) {
        return new MetricCheckParameters(
                Optional.empty(), "m", OVER, Optional.empty(), baseline, Optional.empty(), limit);
    }

    /** 91 points that end at a moment. */
    private static TimeSeries series(Labels labels, Instant end, IntToDoubleFunction value) {
        return new TimeSeries(
                labels,
                LongStream.rangeClosed(-90, 0)
                        .map(i -> end.toEpochMilli() + i * STEP.toMillis())
                        .toArray(),
                IntStream.rangeClosed(0, 90).mapToDouble(value).toArray());
    }

    private static TimeSeries now(Labels labels, IntToDoubleFunction value) {
        return series(labels, ANCHOR, value);
    }

    private static TimeSeries before(Labels labels, IntToDoubleFunction value) {
        return series(labels, ANCHOR.minus(OVER), value);
    }

    private static MetricAnswer answer(List<TimeSeries> window, Optional<List<TimeSeries>> baseline) {
        return new MetricAnswer(window, baseline, ANCHOR.minus(OVER), ANCHOR, STEP, List.of("told by the source"));
    }

    private Seen seen(MetricCheckParameters parameters, MetricAnswer answer) throws Exception {
        Observation observation = new MetricCheck().observe(parameters, context(() -> answer));
        assertThat(observation).isInstanceOf(Seen.class);
        return (Seen) observation;
    }

    private static MetricCheckResult result(Seen seen) {
        return (MetricCheckResult) seen.result();
    }

    private static Labels host(String name) {
        return Labels.metric("m", "host", name);
    }

    @Test
    void readsTheNumbersOfTheOnlySeries() throws Exception {
        Seen seen = seen(
                parameters(Optional.empty(), Optional.of(200.0)),
                answer(List.of(now(host("a"), i -> i)), Optional.empty()));
        MetricCheckResult result = result(seen);
        assertThat(result.last()).contains(90.0);
        assertThat(result.min()).contains(0.0);
        assertThat(result.max()).contains(90.0);
        assertThat(result.mean().orElseThrow()).isCloseTo(45, within(1e-9));
        assertThat(result.p95().orElseThrow()).isCloseTo(85.5, within(1e-9));
        assertThat(result.trend().orElseThrow()).isCloseTo(0.1, within(1e-9));
        assertThat(result.timeToLimit()).contains(Duration.ofSeconds(1_100));
        assertThat(result.change()).isEmpty();
        assertThat(result.baselineMean()).isEmpty();
        assertThat(result.points()).hasSize(91);
        assertThat(result.series().getFirst().labels()).containsOnlyKeys("host");
        assertThat(seen.hasData()).isTrue();
        assertThat(seen.caveats()).containsExactly("told by the source");
    }

    @Test
    void asksForTheWindowThatEndsAtTheAnchor() throws Exception {
        seen(parameters(Optional.of(Baseline.WEEK), Optional.empty()), answer(List.of(), Optional.empty()));
        assertThat(asked)
                .containsExactly(new MetricQuestion(
                        "m", ANCHOR, OVER, Optional.empty(), Optional.of(Duration.ofDays(7)), Duration.ofSeconds(42)));
    }

    @Test
    void ranksSeriesByHowFarEachLeftItsBaseline() throws Exception {
        List<TimeSeries> window = List.of(
                now(host("busy"), i -> 1_000 + i % 7),
                now(host("ill"), i -> i < 60 ? 5 + i % 3 : 50),
                now(host("calm"), i -> 3 + i % 2));
        List<TimeSeries> baseline = List.of(
                before(host("busy"), i -> 1_000 + i % 7),
                before(host("ill"), i -> 5 + i % 3),
                before(host("calm"), i -> 3 + i % 2));
        Seen seen = seen(
                parameters(Optional.of(Baseline.PREVIOUS), Optional.empty()), answer(window, Optional.of(baseline)));
        MetricCheckResult result = result(seen);
        assertThat(result.series().stream().map(s -> s.labels().get("host")).toList())
                .startsWith("ill");
        assertThat(result.last()).contains(50.0);
        assertThat(result.baselineMean().orElseThrow()).isCloseTo(6, within(0.1));
        assertThat(result.change().orElseThrow()).isCloseTo(3.5, within(0.1));
        assertThat(result.onset()).contains(ANCHOR.minus(STEP.multipliedBy(30)));
        assertThat(seen.caveats()).containsExactly("told by the source");
    }

    @Test
    void aShiftBeforeTheWindowIsFoundInTheBaselineAndTold() throws Exception {
        Seen seen = seen(
                parameters(Optional.of(Baseline.PREVIOUS), Optional.empty()),
                answer(
                        List.of(now(host("a"), i -> 50 + i % 3)),
                        Optional.of(List.of(before(host("a"), i -> i < 60 ? 5 : 50 + i % 3)))));
        assertThat(result(seen).onset()).contains(ANCHOR.minus(OVER).minus(STEP.multipliedBy(30)));
        assertThat(seen.caveats()).anySatisfy(c -> assertThat(c).contains("before the window"));
    }

    @Test
    void aSeriesThatIsNewComesBeforeThoseThatStayed() throws Exception {
        MetricCheckResult result = result(seen(
                parameters(Optional.of(Baseline.DAY), Optional.empty()),
                answer(
                        List.of(now(host("a"), i -> 10 + i % 3), now(host("new"), i -> 1)),
                        Optional.of(List.of(before(host("a"), i -> 10 + i % 3))))));
        assertThat(result.series().getFirst().new_()).isTrue();
        assertThat(result.series().getFirst().change()).isEmpty();
        assertThat(result.series().get(1).new_()).isFalse();
        assertThat(result.change()).isEmpty();
    }

    @Test
    void withoutABaselineTheHighestLastValueComesFirst() throws Exception {
        MetricCheckResult result = result(seen(
                parameters(Optional.empty(), Optional.empty()),
                answer(
                        List.of(now(host("a"), i -> 1), now(host("b"), i -> i), now(host("c"), i -> 5)),
                        Optional.empty())));
        assertThat(result.series().stream().map(s -> s.labels().get("host")).toList())
                .containsExactly("b", "c", "a");
        assertThat(result.series()).allSatisfy(s -> assertThat(s.score()).isEmpty());
    }

    @Test
    void nanAndInfinityAreLeftOutAndTold() throws Exception {
        Seen seen = seen(
                parameters(Optional.empty(), Optional.empty()),
                answer(
                        List.of(now(host("a"), i -> i == 90 ? Double.NaN : i == 89 ? Double.POSITIVE_INFINITY : 2)),
                        Optional.empty()));
        assertThat(result(seen).last()).contains(2.0);
        assertThat(seen.caveats()).contains("2 values are NaN or infinite and left out");
    }

    @Test
    void noSeriesOrNothingButNanIsNoData() throws Exception {
        Seen none = seen(parameters(Optional.empty(), Optional.empty()), answer(List.of(), Optional.empty()));
        assertThat(none.hasData()).isFalse();
        assertThat(result(none).last()).isEmpty();
        assertThat(result(none).series()).isEmpty();
        Seen nan = seen(
                parameters(Optional.of(Baseline.PREVIOUS), Optional.empty()),
                answer(
                        List.of(now(host("a"), i -> Double.NaN)),
                        Optional.of(List.of(before(host("a"), i -> Double.NaN)))));
        assertThat(nan.hasData()).isFalse();
        assertThat(nan.caveats()).contains("91 values are NaN or infinite and left out; 1 series had no other");
    }

    @Test
    void seriesAndPointsAreBounded() throws Exception {
        List<TimeSeries> many = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            int value = n;
            many.add(now(host("h" + n), i -> value));
        }
        Seen seen = seen(parameters(Optional.empty(), Optional.empty()), answer(many, Optional.empty()));
        assertThat(result(seen).series()).hasSize(50);
        assertThat(result(seen).last()).contains(299.0);
        assertThat(seen.caveats()).contains("300 series: the 50 first in rank are kept");

        TimeSeries dense = new TimeSeries(
                host("a"),
                LongStream.range(0, 11_000).map(i -> i * 1_000).toArray(),
                IntStream.range(0, 11_000).mapToDouble(i -> i == 5_000 ? 99 : 1).toArray());
        MetricCheckResult result =
                result(seen(parameters(Optional.empty(), Optional.empty()), answer(List.of(dense), Optional.empty())));
        assertThat(result.points())
                .hasSizeLessThanOrEqualTo(120)
                .anySatisfy(p -> assertThat(p.value()).isEqualTo(99));
        assertThat(result.points().getLast().at()).isEqualTo(Instant.ofEpochSecond(10_999));
    }

    @Test
    void aChangeFromNothingIsBoundedAndNoChangeIsOne() {
        assertThat(Assessment.change(5, 0)).isEqualTo(1_000_000);
        assertThat(Assessment.change(0, 0)).isEqualTo(1);
        assertThat(Assessment.change(0, 5)).isEqualTo(0);
        assertThat(Assessment.change(1e300, 1e-300)).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aFailureOfTheSourceIsUnseen(Reason reason) throws Exception {
        Observation observation = new MetricCheck()
                .observe(parameters(Optional.empty(), Optional.empty()), context(() -> {
                    throw new MetricFailure(reason, "prom: broken\nbadly", "mend it");
                }));
        assertThat(observation).isEqualTo(new Unseen(Cause.valueOf(reason.name()), "prom: broken badly", "mend it"));
    }

    @Test
    void parametersThatMakeNoSenseAreToldWithoutAsking() throws Exception {
        MetricCheckParameters wrong = new MetricCheckParameters(
                Optional.empty(),
                "m",
                Duration.ZERO,
                Optional.empty(),
                Optional.of(Baseline.PREVIOUS),
                Optional.empty(),
                Optional.empty());
        assertThat(new MetricCheck().observe(wrong, context(() -> answer(List.of(), Optional.empty()))))
                .isInstanceOfSatisfying(
                        Unseen.class, unseen -> assertThat(unseen.why()).contains("has no window before it"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aBaselineMeansThatDataIsExpected() {
        assertThat(new MetricCheck().expectsData(parameters(Optional.of(Baseline.DAY), Optional.empty())))
                .isTrue();
        assertThat(new MetricCheck().expectsData(parameters(Optional.empty(), Optional.empty())))
                .isFalse();
    }

    @Test
    void aDayIsStretchedWhereTheWindowIsLonger() {
        assertThat(Baseline.DAY.shift(Duration.ofDays(3))).isEqualTo(Duration.ofDays(3));
        assertThat(Baseline.PREVIOUS.shift(OVER)).isEqualTo(OVER);
    }
}
