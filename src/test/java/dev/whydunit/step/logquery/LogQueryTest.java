package dev.whydunit.step.logquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whydunit.engine.Observation;
import dev.whydunit.engine.Observation.Seen;
import dev.whydunit.engine.Observation.Unseen;
import dev.whydunit.masking.SecretMask;
import dev.whydunit.source.log.LogAnswer;
import dev.whydunit.source.log.LogEvent;
import dev.whydunit.source.log.LogQuestion;
import dev.whydunit.source.log.LogSlice;
import dev.whydunit.source.log.LogSlice.Bucket;
import dev.whydunit.source.log.LogSlice.ValueCount;
import dev.whydunit.source.log.LogSource;
import dev.whydunit.source.log.LogUnreadable;
import dev.whydunit.source.log.LogUnreadable.Reason;
import dev.whydunit.step.logquery.LogQueryResult.Pattern;
import dev.whydunit.step.logquery.LogQueryResult.TopValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogQueryTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private static LogQueryParameters parameters(Optional<Baseline> baseline) {
        return new LogQueryParameters(
                Optional.empty(), "log.level:ERROR", Duration.ofMinutes(15), baseline, List.of("host.name"), 5);
    }

    /** A source that gives the same answer to everything. */
    private record Fixed(Function<LogQuestion, LogAnswer> answer) implements LogSource {
        @Override
        public LogAnswer ask(LogQuestion question) {
            return answer.apply(question);
        }

        @Override
        public String rendered(LogQuestion question) {
            return "asked: " + question.query();
        }
    }

    private static LogSlice slice(boolean any, List<String> messages, long... histogram) {
        List<Bucket> buckets = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < histogram.length; i++) {
            buckets.add(new Bucket(NOON.minusSeconds(900).plusSeconds(i * 30L), histogram[i]));
            count += histogram[i];
        }
        return new LogSlice(
                any,
                count,
                count > 0 ? Optional.of(NOON.minusSeconds(900)) : Optional.empty(),
                count > 0 ? Optional.of(NOON.minusSeconds(1)) : Optional.empty(),
                buckets,
                Map.of("host.name", count > 0 ? List.of(new ValueCount("web1", count)) : List.of()),
                count > 0 ? List.of(new LogEvent(NOON, "boom", Map.of("a", "b"))) : List.of(),
                messages);
    }

    private static Seen seen(Optional<Baseline> baseline, LogSlice window, Optional<LogSlice> before)
            throws InterruptedException {
        LogSource source = new Fixed(_ -> new LogAnswer(window, before, List.of()));
        Observation observation = new LogQuery(SecretMask::none).observe(parameters(baseline), FixedContext.of(source));
        assertThat(observation).isInstanceOf(Seen.class);
        return (Seen) observation;
    }

    private static LogQueryResult result(Seen seen) {
        return (LogQueryResult) seen.result();
    }

    @Test
    void asksAboutTheTimeBeforeTheAlertAndItsBaseline() throws Exception {
        List<LogQuestion> asked = new ArrayList<>();
        LogSource source = new Fixed(question -> {
            asked.add(question);
            return new LogAnswer(slice(true, List.of(), 1), Optional.empty(), List.of());
        });
        for (Baseline baseline : Baseline.values()) {
            new LogQuery(SecretMask::none).observe(parameters(Optional.of(baseline)), FixedContext.of(source));
        }
        assertThat(asked).allSatisfy(question -> {
            assertThat(question.window().from()).isEqualTo(NOON.minus(Duration.ofMinutes(15)));
            assertThat(question.window().to()).isEqualTo(NOON);
            assertThat(question.limit()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(asked)
                .extracting(question -> question.baseline().orElseThrow().to())
                .containsExactly(
                        NOON.minus(Duration.ofMinutes(15)),
                        NOON.minus(Duration.ofDays(1)),
                        NOON.minus(Duration.ofDays(7)));
    }

    @Test
    void readsCountsSharesAndTheQueryThatWasSent() throws Exception {
        LogSlice before = slice(true, List.of("old"), 2, 2);
        LogQueryResult result =
                result(seen(Optional.of(Baseline.PREVIOUS), slice(true, List.of("old"), 30, 60), Optional.of(before)));
        assertThat(result.count()).isEqualTo(90);
        assertThat(result.rate()).isEqualTo(0.1);
        assertThat(result.baselineCount()).contains(4L);
        assertThat(result.ratio()).contains(22.5);
        assertThat(result.by())
                .isEqualTo(Map.of("host.name", List.of(new TopValue("web1", 90, 1.0, Optional.of(1.0)))));
        assertThat(result.samples()).containsExactly(new LogQueryResult.Sample(NOON, "boom", Map.of("a", "b")));
        assertThat(result.sent()).isEqualTo("asked: log.level:ERROR");
        assertThat(result.bucket()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "50, 0, 50", "1, 0, 1", "0, 10, 0", "30, 10, 3"})
    void theRatioIsFiniteWhateverTheBaseline(long count, long baseline, double ratio) {
        assertThat(Reading.ratio(count, baseline)).isEqualTo(ratio);
    }

    @Test
    void withoutABaselineNothingIsSaidOfIt() throws Exception {
        LogQueryResult result = result(seen(Optional.empty(), slice(true, List.of("a"), 3), Optional.empty()));
        assertThat(result.ratio()).isEmpty();
        assertThat(result.baselineCount()).isEmpty();
        assertThat(result.onset()).isEmpty();
        assertThat(result.patterns()).containsExactly(new Pattern("a", 3, Optional.empty(), 1.0));
        assertThat(result.by().get("host.name").getFirst().baselineShare()).isEmpty();
    }

    @Test
    void aBaselineOfWhichTheLogHoldsNothingIsAbsentNotZero() throws Exception {
        Seen seen =
                seen(Optional.of(Baseline.WEEK), slice(true, List.of("a"), 3), Optional.of(slice(false, List.of(), 0)));
        assertThat(seen.hasData()).isTrue();
        assertThat(result(seen).ratio()).isEmpty();
        assertThat(result(seen).patterns().getFirst().new_()).isEmpty();
        assertThat(seen.caveats())
                .contains("The log holds no event of the baseline window: there is nothing to compare with.");
    }

    @Test
    void aLogThatHoldsNothingHasNoData() throws Exception {
        LogSlice nothing = slice(false, List.of(), 0);
        assertThat(seen(Optional.of(Baseline.DAY), nothing, Optional.of(nothing))
                        .hasData())
                .isFalse();
        assertThat(seen(Optional.of(Baseline.DAY), nothing, Optional.of(slice(true, List.of(), 0)))
                        .hasData())
                .isTrue();
        assertThat(seen(Optional.empty(), slice(true, List.of(), 0), Optional.empty())
                        .hasData())
                .isTrue();
    }

    @Test
    void newPatternsComeFirst() throws Exception {
        List<String> window = new ArrayList<>(Collections.nCopies(9, "GET /cart/7 took 12 ms"));
        window.addAll(Collections.nCopies(3, "duration: 812 ms  statement: select 1"));
        LogSlice before = slice(true, List.of("GET /cart/99 took 3 ms"), 1);
        LogQueryResult result =
                result(seen(Optional.of(Baseline.PREVIOUS), slice(true, window, 12), Optional.of(before)));
        assertThat(result.patterns())
                .containsExactly(
                        new Pattern("duration: <num> ms statement: select <num>", 3, Optional.of(true), 0.25),
                        new Pattern("GET /cart/<num> took <num> ms", 9, Optional.of(false), 0.75));
    }

    @Test
    void countsOfPatternsFromASampleAreScaledAndSaidToBe() throws Exception {
        Seen seen = seen(Optional.empty(), slice(true, List.of("a", "a", "b", "c"), 4_000), Optional.empty());
        assertThat(result(seen).patterns().getFirst()).isEqualTo(new Pattern("a", 2_000, Optional.empty(), 0.5));
        assertThat(seen.caveats())
                .containsExactly("Patterns of the window are read from a sample of 4 of 4000 events.");
    }

    @Test
    void onsetIsTheFirstBucketThatLeavesTheBaseline() throws Exception {
        LogSlice before = slice(true, List.of(), 10, 12, 8, 10, 11, 9);
        LogQueryResult rising = result(seen(
                Optional.of(Baseline.PREVIOUS), slice(true, List.of(), 12, 9, 60, 80, 70, 75), Optional.of(before)));
        assertThat(rising.onset()).contains(NOON.minusSeconds(900).plusSeconds(60));
        LogQueryResult steady = result(
                seen(Optional.of(Baseline.PREVIOUS), slice(true, List.of(), 12, 9, 14, 6, 11, 0), Optional.of(before)));
        assertThat(steady.onset())
                .as("a fall in the last bucket may be late events")
                .isEmpty();
        LogQueryResult falling = result(
                seen(Optional.of(Baseline.PREVIOUS), slice(true, List.of(), 12, 9, 0, 0, 0, 0), Optional.of(before)));
        assertThat(falling.onset()).contains(NOON.minusSeconds(900).plusSeconds(60));
        LogQueryResult first = result(seen(
                Optional.of(Baseline.PREVIOUS),
                slice(true, List.of(), 0, 1, 0),
                Optional.of(slice(true, List.of(), 0, 0, 0))));
        assertThat(first.onset()).contains(NOON.minusSeconds(900).plusSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aSourceThatCannotBeReadIsUnseen(Reason reason) throws Exception {
        LogSource source = new LogSource() {
            @Override
            public LogAnswer ask(LogQuestion question) throws LogUnreadable {
                throw new LogUnreadable(reason, "source logs went away\nsecond line", "Bring it back.");
            }

            @Override
            public String rendered(LogQuestion question) {
                return "";
            }
        };
        assertThat(new LogQuery(SecretMask::none).observe(parameters(Optional.empty()), FixedContext.of(source)))
                .isEqualTo(new Unseen(
                        Observation.Cause.valueOf(reason.name()), "source logs went away", "Bring it back."));
    }

    @Test
    void aMissingSourceIsUnseen() throws Exception {
        FixedContext none = new FixedContext(Optional.empty(), NOON, Duration.ofSeconds(1));
        assertThat(new LogQuery(SecretMask::none).observe(parameters(Optional.empty()), none))
                .isEqualTo(new Unseen(Observation.Cause.FAILED, "no log source is configured", ""));
    }

    @Test
    void rendersTheQueryWithItsTimeForKibana() {
        assertThat(new LogQuery(SecretMask::none).rendered(parameters(Optional.empty())))
                .isEqualTo("(log.level:ERROR) AND @timestamp:[now-900s TO now}");
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatThrownBy(() ->
                        new LogQueryParameters(Optional.empty(), "*", Duration.ZERO, Optional.empty(), List.of(), 5))
                .hasMessageStartingWith("over must be at least 1ms");
        assertThatThrownBy(() -> new LogQueryParameters(
                        Optional.empty(),
                        "*",
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        Collections.nCopies(11, "a"),
                        5))
                .hasMessageStartingWith("fields may name at most 10");
        assertThatThrownBy(() -> new LogQueryParameters(
                        Optional.empty(), "*", Duration.ofSeconds(1), Optional.empty(), List.of(), 101))
                .hasMessageStartingWith("limit must be from 0 to 100");
    }
}
