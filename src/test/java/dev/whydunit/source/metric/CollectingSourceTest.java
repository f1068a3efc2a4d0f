package dev.whydunit.source.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.whydunit.promql.Labels;
import dev.whydunit.source.metric.MetricFailure.Reason;
import dev.whydunit.source.metric.Sampler.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CollectingSourceTest {
    /** The source's clock: each sample is half a second after the one before. */
    private final AtomicLong now = new AtomicLong(1_000_000);

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private interface Behaviour {
        List<Gap> sample(int number, Sampler.Sink sink) throws MetricFailure, InterruptedException;
    }

    private CollectingSource source(Behaviour behaviour) {
        Sampler sampler = new Sampler() {
            @Override
            public List<Gap> sample(Duration limit, Sink sink) throws MetricFailure, InterruptedException {
                now.addAndGet(500);
                return behaviour.sample(taken.incrementAndGet(), sink);
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        return new CollectingSource(
                "shop",
                sampler,
                Duration.ofMillis(60),
                Duration.ofMillis(10),
                Optional.empty(),
                () -> Instant.ofEpochMilli(now.get()));
    }

    private static List<Gap> counter(int number, Sampler.Sink sink) {
        sink.add(Labels.metric("c_total", "host", "a"), number * 10);
        sink.add(Labels.metric("g", "host", "a"), number % 2);
        return List.of();
    }

    private MetricQuestion question(String query, Duration over, Optional<Duration> shift) {
        return new MetricQuestion(
                query, Instant.ofEpochMilli(now.get()), over, Optional.empty(), shift, Duration.ofSeconds(30));
    }

    @Test
    void aRateNeedsNoMoreThanWhatWasCollected() throws Exception {
        try (CollectingSource source = source(CollectingSourceTest::counter)) {
            MetricAnswer answer = source.ask(question("rate(c_total[5m])", Duration.ofMinutes(15), Optional.empty()));
            assertThat(answer.series()).singleElement().satisfies(series -> {
                assertThat(series.size()).isEqualTo(taken.get() - 1);
                assertThat(series.value(series.size() - 1)).isCloseTo(20, within(1e-9));
                assertThat(series.value(0)).isCloseTo(20, within(1e-9));
            });
            assertThat(answer.caveats())
                    .singleElement()
                    .satisfies(c -> assertThat(c)
                            .startsWith("shop has ")
                            .endsWith(" of samples, the question asks for a window of 15m and [5m] in the query"));
        }
    }

    @Test
    void samplesOfEarlierChecksAreKeptAndAreTheBaseline() throws Exception {
        try (CollectingSource source = source(CollectingSourceTest::counter)) {
            MetricAnswer first = source.ask(question("g", Duration.ofMinutes(1), Optional.of(Duration.ofMinutes(1))));
            assertThat(first.baseline()).isEmpty();
            assertThat(first.caveats()).anySatisfy(c -> assertThat(c).contains("There is no baseline"));
            int before = taken.get();
            now.addAndGet(60_000);
            MetricAnswer second = source.ask(question("g", Duration.ofMinutes(1), Optional.of(Duration.ofMinutes(1))));
            assertThat(second.baseline())
                    .hasValueSatisfying(baseline -> assertThat(baseline)
                            .singleElement()
                            .satisfies(series -> assertThat(series.size()).isLessThanOrEqualTo(before)));
            MetricAnswer all = source.ask(question("g", Duration.ofMinutes(10), Optional.empty()));
            assertThat(all.from()).isEqualTo(first.from());
        }
    }

    @Test
    void aWindowDoesNotShareAMomentWithItsBaseline() throws Exception {
        try (CollectingSource source = source(CollectingSourceTest::counter)) {
            source.ask(question("g", Duration.ofMinutes(1), Optional.empty()));
            MetricAnswer answer = source.ask(question("g", Duration.ofSeconds(2), Optional.of(Duration.ofSeconds(2))));
            long lastOfBaseline = answer.baseline()
                    .orElseThrow()
                    .getFirst()
                    .millis(answer.baseline().orElseThrow().getFirst().size() - 1);
            assertThat(lastOfBaseline).isLessThan(answer.from().toEpochMilli());
        }
    }

    @Test
    void questionsOfTheSameTimeShareOneCollection() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (CollectingSource source = source((number, sink) -> {
            go.await();
            return counter(number, sink);
        })) {
            List<Thread> threads = new ArrayList<>();
            List<CompletableFuture<MetricAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CompletableFuture<MetricAnswer> answer = new CompletableFuture<>();
                answers.add(answer);
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        answer.complete(source.ask(question("g", Duration.ofMinutes(1), Optional.empty())));
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                }));
            }
            Awaitility.await()
                    .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
            go.countDown();
            for (CompletableFuture<MetricAnswer> answer : answers) {
                assertThat(answer.get().to()).isEqualTo(answers.getFirst().get().to());
            }
            // One collection is 7 samples at most; eight would be more than 8.
            assertThat(taken.get()).isBetween(2, 7);
        }
    }

    @Test
    void nothingReadIsAFailureAndSomethingMissingIsTold() throws Exception {
        try (CollectingSource source = source((number, sink) -> {
            throw new MetricFailure(Reason.FAILED, "nobody there", "start it");
        })) {
            MetricFailure failure = catchThrowableOfType(
                    MetricFailure.class, () -> source.ask(question("g", Duration.ofMinutes(1), Optional.empty())));
            assertThat(failure.why()).isEqualTo("nobody there");
            assertThat(failure.help()).isEqualTo("start it");
        }
        taken.set(0);
        try (CollectingSource source = source((number, sink) -> {
            if (number == 1) {
                throw new MetricFailure(Reason.FAILED, "nobody there", "start it");
            }
            return counter(number, sink);
        })) {
            assertThat(source.ask(question("g", Duration.ofMinutes(1), Optional.empty()))
                            .caveats())
                    .contains("Some samples are missing: nobody there");
        }
    }

    @Test
    void deniedEndsAtOnce() {
        try (CollectingSource source = source((number, sink) -> {
            throw new MetricFailure(Reason.DENIED, "no", "");
        })) {
            assertThatThrownBy(() -> source.ask(question("g", Duration.ofMinutes(1), Optional.empty())))
                    .hasMessage("no");
            assertThat(taken).hasValue(1);
        }
    }

    @Test
    void aGapIsToldToThoseWhoAskForItsMetrics() throws Exception {
        try (CollectingSource source = source((number, sink) -> {
            counter(number, sink);
            return List.of(new Gap("pressure_", "No pressure here"));
        })) {
            assertThat(source.ask(question("g", Duration.ofMinutes(1), Optional.empty()))
                            .caveats())
                    .doesNotContain("No pressure here");
            assertThat(source.ask(question("pressure_cpu", Duration.ofMinutes(1), Optional.empty()))
                            .caveats())
                    .contains("No pressure here");
        }
    }

    @Test
    void aQueryThatCannotBeReadIsToldBeforeAnythingIsCollected() {
        try (CollectingSource source = source(CollectingSourceTest::counter)) {
            assertThatThrownBy(() -> source.ask(question("predict_linear(g[1m], 5)", Duration.ZERO, Optional.empty())))
                    .isInstanceOf(MetricFailure.class)
                    .hasMessage(
                            "shop: query 1:1: the function \"predict_linear\" is not in the subset of PromQL that is"
                                    + " evaluated here");
            assertThat(taken).hasValue(0);
        }
    }

    @Test
    void theLastWhoWaitsTakesTheCollectionAlong() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        try (CollectingSource source = source((number, sink) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
                return List.of();
            } catch (InterruptedException e) {
                stopped.complete(true);
                throw e;
            }
        })) {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            Thread asker = Thread.ofVirtual().start(() -> {
                try {
                    source.ask(question("g", Duration.ofMinutes(1), Optional.empty()));
                } catch (Exception e) {
                    seen.complete(e);
                }
            });
            started.await();
            asker.interrupt();
            assertThat(seen.get()).isInstanceOf(InterruptedException.class);
            assertThat(stopped.get()).isTrue();
        }
    }

    @Test
    void aCollectionThatTakesTooLongTimesOut() {
        try (CollectingSource source = source((number, sink) -> {
            new CountDownLatch(1).await();
            return List.of();
        })) {
            MetricFailure failure = catchThrowableOfType(
                    MetricFailure.class,
                    () -> source.ask(new MetricQuestion(
                            "g",
                            Instant.EPOCH,
                            Duration.ofMinutes(1),
                            Optional.empty(),
                            Optional.empty(),
                            Duration.ofMillis(50))));
            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void aMomentLongAgoIsToldToBeOutOfSight() throws Exception {
        try (CollectingSource source = source(CollectingSourceTest::counter)) {
            MetricAnswer answer = source.ask(new MetricQuestion(
                    "g",
                    Instant.ofEpochMilli(now.get()).minus(Duration.ofHours(2)),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(30)));
            assertThat(answer.caveats())
                    .singleElement()
                    .satisfies(c ->
                            assertThat(c).startsWith("The window ends now, 2h").contains("cannot look back"));
            assertThat(answer.series().getFirst().size()).isEqualTo(1);
        }
    }

    @Test
    void inTheBackgroundItCollectsWithoutBeingAsked() {
        AtomicInteger samples = new AtomicInteger();
        Sampler sampler = new Sampler() {
            @Override
            public List<Gap> sample(Duration limit, Sink sink) {
                samples.incrementAndGet();
                return List.of();
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        CollectingSource source = new CollectingSource(
                "shop",
                sampler,
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Optional.of(Duration.ofMillis(10)),
                Instant::now);
        Awaitility.await().until(() -> samples.get() >= 3);
        source.close();
        assertThat(closed).isTrue();
    }

    @Test
    void aClosedSourceSaysSoAndClosesItsSampler() {
        CollectingSource source = source(CollectingSourceTest::counter);
        source.close();
        assertThat(closed).isTrue();
        assertThatThrownBy(() -> source.ask(question("g", Duration.ZERO, Optional.empty())))
                .isInstanceOf(MetricFailure.class)
                .hasMessage("shop is closed");
    }
}
